# The web app; for the job, run the same image with `python -m sheetflow worker`. The ledger is kept in /app/var.
FROM python:3.11-slim
WORKDIR /app
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt
COPY sheetflow sheetflow
COPY config config
COPY docs docs
RUN useradd --create-home sheetflow && install -d -o sheetflow var
USER sheetflow
VOLUME /app/var
ENV PORT=8000 PYTHONUNBUFFERED=1
EXPOSE 8000
CMD ["gunicorn", "--worker-class", "gthread", "--threads", "8", "--timeout", "20", "--graceful-timeout", "20", "--no-control-socket", "sheetflow.web:create_app()"]
