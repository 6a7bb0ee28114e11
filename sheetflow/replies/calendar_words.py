"""Months, weekdays and the words around a return date, in the languages absence notes are written in."""

_MONTHS = (
    "january jan januar jänner janvier janv enero ene gennaio gen januari janeiro tammikuuta"
    " stycznia ledna január ianuarie ocak января январь янв січня",
    "february feb februar februari février fevrier févr febrero febbraio fevereiro fev helmikuuta"
    " lutego února február februarie şubat февраля февраль фев лютого",
    "march mar märz mrz mars marzo maart mrt março marco maaliskuuta marca března március martie"
    " mart марта март мар березня",
    "april apr avril avr abril abr aprile huhtikuuta kwietnia dubna április aprilie nisan апреля"
    " апрель апр квітня",
    "may mai mayo maggio mag mei maio maj maja toukokuuta května május mayıs мая май травня",
    "june jun juni juin junio giugno giu junho kesäkuuta czerwca června június iunie haziran июня"
    " июнь июн червня",
    "july jul juli juillet juil julio luglio lug julho heinäkuuta lipca července július iulie temmuz"
    " июля июль июл липня",
    "august aug août aout agosto ago augustus augusti elokuuta sierpnia srpna augusztus ağustos"
    " августа август авг серпня",
    "september sept sep septembre septiembre settembre set setembro syyskuuta września září"
    " szeptember septembrie eylül сентября сентябрь сент сен вересня",
    "october oct oktober okt octobre octubre ottobre ott outubro out lokakuuta października října"
    " október octombrie ekim октября октябрь окт жовтня",
    "november nov novembre noviembre novembro marraskuuta listopada listopadu noiembrie kasım ноября"
    " ноябрь ноя листопада",
    "december dec dezember dez décembre déc decembre diciembre dic dicembre dezembro joulukuuta"
    " grudnia prosince decembrie aralık декабря декабрь дек грудня",
)
_WEEKDAYS = (
    "monday montag lundi lunes lunedì maandag segunda-feira segunda måndag mandag maanantaina"
    " poniedziałku poniedziałek pondělí понедельник понедельника",
    "tuesday dienstag mardi martes martedì dinsdag terça-feira terça tisdag tirsdag tiistaina wtorku"
    " wtorek úterý вторник вторника",
    "wednesday mittwoch mercredi miércoles mercoledì woensdag quarta-feira quarta onsdag"
    " keskiviikkona środy środę středu среду среды",
    "thursday donnerstag jeudi jueves giovedì donderdag quinta-feira quinta torsdag torstaina"
    " czwartku czwartek čtvrtek четверг четверга",
    "friday freitag vendredi viernes venerdì vrijdag sexta-feira sexta fredag perjantaina piątku"
    " piątek pátek пятницу пятницы",
    "saturday samstag sonnabend samedi sábado sabato zaterdag lördag lørdag soboty sobotę субботу субботы",
    "sunday sonntag dimanche domingo domenica zondag söndag søndag niedzieli niedzielę воскресенье"
    " воскресенья",
)

MONTHS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
WEEKDAYS = {name: day for day, names in enumerate(_WEEKDAYS) for name in names.split()}  # Monday is 0

TOMORROW = (
    r"\b(?:tomorrow|demain|mañana|domani|amanhã|imorgon|i morgen|huomenna|jutro|jutra|zítra|завтра|ab morgen"
    r"|erst morgen|morgen wieder)\b|明日|明天|내일"
)
BACK = (
    r"\b(?:back|return(?:ing|s)?|resum\w+|available (?:again )?(?:from|on|as of)|again (?:from|on)"
    r"|zurück|wieder|erreichbar ab|retour|reviendrai|rentre\w*|regres\w*|vuelv\w+|vuelta|reincorpor\w+"
    r"|rientr\w*|torn\w+|ritorn\w*|terug|aanwezig vanaf|retorn\w*|volt\w+|tillbaka|åter|tilbake|tilbage"
    r"|takaisin|palaan|wrac\w*|wróc\w*|powr\w+|zpět|vissza\w*|înapoi|revin|dön\w+|верн\w+|возвращ\w+|выйду"
    r"|повер\w+)\b|復帰|戻り|出社|出勤|返回|回来|回來|복귀"
)
UNTIL = (
    r"\b(?:until|till?|through|thru|bis|jusqu\w*|hasta|fino|sino|tot|até|till och med|t\.?o\.?m|til|asti"
    r"|saakka|do(?: dnia)?|až do|până|kadar|до|по|to|and|au|al|ao)\b|t/m|[-–—~〜～至到]\s*$"
)
AFTERWARDS = r"\s?(?:\(.{1,3}\)|（.{1,3}）)?\s?(?:まで|까지|asti|saakka|'?(?:e|a) kadar)"
