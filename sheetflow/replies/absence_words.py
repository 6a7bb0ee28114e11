"""The words for being away and for being back, in the languages absence notes are written in."""

from sheetflow.workflow.phrases import any_of

# Somebody is away, or something is closed.
AWAY = any_of(r"""
    \bout of (?:the |my |our )?office|\bout of town|\booo\b|\baway\b
    \bout (?:until|till|from|through|for|of)\b|(?:\bbe|\bam|[’']m|\bare|[’']re) out\b(?! of)
    \bon (?:\w+ )?(?:leave|vacation|holidays?)\b|\b(?:annual|parental|maternity|paternity|sick) leave\b
    \babsen(?:t|ce)\b
    \bvacation(?! (?:home|house|rental))|\bclos(?:ed|ure)\b|\b(?:summer|winter|christmas|easter) break\b
    \bon (?:a )?sabbatical\b|\bnot be (?:reading|checking) (?:my )?(?:e-?)?mail|\btravell?ing\b
    \bwon[’']t be (?:available|reachable|around|here|in the office)\b
    \bon pto\b|\boffline\b|\bo(?:ff|ut) (?:today|this week)\b|\boff (?:until|till|from)\b|\bday off\b
    \bbusiness trip\b
    \bout sick\b|\bnot return\b|\boff work\b|\bunavailable\b
    \bnot (?:be )?(?:currently )?(?:in (?:the |my )?office|available|reachable|working)\b
    \b(?:limited|no) access\b|\blimited availability
    abwesen|\bnicht (?:\w+ ){0,2}(?:im büro|im haus|im dienst|erreichbar|verfügbar|da|anwesend|besetzt)\b
    (?:weihnachts|sommer|winter)pause|betriebsruhe
    au(?:ß|ss)er haus|urlaub(?!sort)|geschlossen|\bschließung|ferien(?!wohn|haus|häus)|dienstreise
    elternzeit|mutterschutz|verreist|\bauf (?:einer )?(?:fortbildung|schulung|reisen|messe)\b
    \bkrank
    \bunterwegs\b
    \babsente?s?\b|\babsences?\b|\bcongés?\b|\bvacances\b|\ben (?:déplacement|formation|arrêt)
    \bferm(?:ée?s?|eture)\b
    \bhors d[ue] bureau|\bindisponible|\binjoignable|\bpas (?:joignable|disponible|au bureau)\b
    \bausen(?:te|cia)|\bvacaciones|\bfuera de (?:la )?oficina
    \best(?:oy|aré|aremos) fuera\b|\bno (?:\w+ )?(?:en la oficina|disponible)
    \bde (?:baja|viaje|permiso)\b|\bcerrad[oa]s?\b
    \bcierre\b|\bcerramos\b|\bfermons\b|\bchiudiamo\b|\bencerramos\b
    \bassent[ei]\b|\bassenza|ferie(?!n|bolig|hus)|\bfuori (?:ufficio|sede|città)
    \bin (?:vacanza|congedo|maternità)
    \bchius(?:[oaie]|ura)\b
    \bnon (?:\w+ ){0,2}(?:in ufficio|raggiungibile|reperibile|disponibile)
    \baus[êe]n(?:te|cia)|\bf[ée]rias\b|\bfora do escrit[óo]rio|\bde licença|\bfechad[oa]s?\b
    \bencerrad[oa]s?\b|\bem viagem|\best(?:ou|arei|aremos) fora\b|\b(?:sono|sarò|saremo) fuori\b
    afwezig|\bniet (?:\w+ )?(?:aanwezig|bereikbaar|op kantoor|beschikbaar)|vakantie|\bbuiten kantoor
    \b(?:ben ik|ik ben|wij zijn|zijn wij|we zijn) er (?:\w+ ){0,5}niet\b
    \bverlof|\bgesloten\b|\b(?:ik ben|ben ik) (?:\w+ )?vrij\b
    \bsjukskriv|\bsygemeld|\bsykmeld|\bziek\b|\bziekte|\bin malattia
    \bsemester|frånvar|\b(?:föräldra|tjänst)?ledig\b
    \b(?:inte|ej) (?:på kontoret|anträffbar|tillgänglig|på plats)
    \bbortrest|\bborta\b|\bstängt\b
    fravær|\bikke (?:på kontoret|til stede|tilg[jæ]e?ngelig|til at træffe|å treffe)|\bbortre(?:jst|ist)
    \b\w*lukket\b|\bstengt\b
    \borlov\b|\bpermisjon|\bbarsel|\b(?:ute av|ude af|borte fra|væk fra) kontoret
    lomalla|lomaa|loma\b|poissa|\bmatkoilla|\bsuljettu
    \ben ole (?:\w+ )?(?:paikalla|tavoitettavissa|töissä)
    \burlop|nieobecn|\bpoza biurem|niedostępn|zamknięt|\bnieczynn|\bdelegacj|\bzwolnieni
    dovolen|nepřítom|neprítom|\bmimo (?:kancelář|kancelári)|\bzavřen|\bzatvoren
    отпуск|відпуст|отсутств|\bвідсутн|\bвне офиса|командировк|\bнет (?:на (?:месте|работе)|в офисе)
    \bизвън офиса
    \bне (?:буд\w+ )?(?:\w+ )?(?:в офисе|на месте|на связи|на работе)|\bзакрыт|недоступ|\bотпуск
    \bάδεια|\bαδεία|απουσ[ιί]|\bαπών|\bαπούσα|εκτός γραφείου|\bλείπω|διακοπ|\bκλειστ
    \bizin|\bizn|\btatil|\bofis dışında|\byokum|\bkapalı
    szabads|\bházon kívül|távol|\bzárva|\bconcediu|\bîn afara biroului|\bînchis
    \bodsut|\bgodišnj|\bodsoten|\bdopust|\batostog|\batvaļinājum|\bprombūtn|\bpuhkus|\bfora de l.oficina
    \bтатил
    \bcuti\b|\b(?:di luar|tidak di) kantor|\bnghỉ phép|\bvắng mặt|إجازة|خارج المكتب|חופשה|מחוץ למשרד
    לא במשרד|ลาพัก
    ลาหยุด|ไม่อยู่
    休暇|不在|離席|休業|お休み|休診|出張|留守|休假|出差|放假|请假|請假|度假|外出|휴가|부재|휴무|출장|자리를 비
""")

# Somebody is there again.
BACK = any_of(r"""
    \bback\b|\breturn(?:s|ing)?\b|\bresum\w+|\bre-?open\w*|\bagain\b
    \bwill (?:reply|respond|answer)\b(?!.{0,40} of\b)
    \b(?:I|we)(?:[’']m|[’']re|[’']ll| am| are| will) (?:be )?(?:available|reachable|at work) (?:from|as of)\b
    \bzurück\b|\bwieder\b|\b(?:rück)?kehr\w*|\b(?:be)?antwort(?:en?|et)\b
    \b(?:bin ich|sind wir) (?:gerne? |telefonisch )?(?:erreichbar|verfügbar|im (?:büro|haus)|für sie da)
    \bde retour|\b(?:mon|notre|son) retour|(?:^\W*|\b(?=retour (?:prévu|au|le \d)))retour
    \brevien\w+|\brentr\w+|\bré?ouv(?:r\w+|erture)|\bà nouveau\b|\brepren\w+
    \b(?:suis|serai|sommes|serons) (?:disponible|joignable)s? (?:à partir|dès|à compter)
    \bregres\w+|\bvuelv\w+|\bvolv[ei]\w+|\bvuelta|\breincorpor\w+|\breab\w+|\bde nuevo
    \b(?<!no )esta(?:ré|remos) (?:disponibles?|en la oficina) (?:a partir|desde|el)\b
    \b(?<!non )(?:sarò|saremo) (?:disponibil[ei]|reperibil[ei]|in ufficio) (?:dal?|a partire)\b
    \b(?<!não )estare(?:i|mos) (?:dispon[ií]ve[li]s?|no escrit[óo]rio) (?:a partir|em|no)\b
    \bben ik (?:bereikbaar|beschikbaar|op kantoor)\b|\b(?:är jag|er jeg) (?:på (?:plats|kontoret)|at træffe)
    \brientr\w+|\btorn(?:o|a|iamo|erò|eremo|are)\b|\britorn\w+|\bdi nuovo|\briapr\w+
    \bretorn\w+|\bvolt(?:o|a|arei|aremos|amos|ar)\b|\bde volta|\bnovamente
    \bterug\b|\bweer\b|\bheropen\w*|\bhervat\w*
    \btillbaka|\båter|\btilbage|\btilbake|\bigen\b|\bigjen\b
    \btakaisin|\bpala(?:an|amme|a|ttua)\b|\bjälleen|\btaas\b
    \bwrac\w+|\bwróc\w+|\bpowr\w+|\bponownie|\bz powrotem
    \b(?<!nie )będ(?:ę|ziemy) (?:dostępn\w+|w (?:biurze|pracy)) (?:od|dopiero)\b
    \bzpět|\bvrac\w+|\bvrát\w+|\bnávrat\w*|\bopět|\bznovu|\bspäť|\bopäť
    \b(?<!не )буд(?:у|ем) (?:на (?:работе|месте|связи)|в офисе)
    \bверн\w+|\bвозвращ\w+|\bвы(?:йду|хожу|ходим)|\bснова|\bповер\w+|\bзнову|\bвръщ\w+|\bотново
    \bεπιστρ\w+|\bγυρ[νίι]\w+|\bξανά|\bπίσω
    \bdön\w+|\bofiste ol(?!ma)\w+|\btekrar|\byeniden|\bvissza\w*|\bismét|\bújra|\bînapoi|\brevin\w*|\bîntor\w+
    \bvraća\w*|\bvračam|\bkembali|\btrở lại|عود|أعود|חוזר|אחזור|กลับ
    復帰|戻り|戻る|出社|出勤|再開|返回|回来|回來|回到|上班|恢复|복귀|돌아|출근
""")

# What is given, sent or called back is no return.
NOT_BACK = any_of(r"""
    \b(?:get|gets|getting|got|write|call|ring|hear|send|pay|bring|report|come) (?:\w+ )?back\b
    \bback to you\b|\bback(?:up|ed)\b
    \breturn(?:s|ing)? (?:your|the (?!office|week|day|first|end|\d)|my (?:call|parcel)|it\b|a\b|any\b)
    \breturn (?:policy|address|label)
    \bplease return\b
    \b(?:schick|send|meld|ruf|geb|zahl)\w*\b[^\n]{0,60}\bzurück\b
    \bun retour\b|\bretour (?:avant\b|de\b|d[’'])|\bretourn\w+ le
""")

# The day is the last one.
UNTIL = any_of(r"""
    \b(?:til og med|till och med|tot en met)\b
    \b(?:until|till?|through|thru|up to|bis|jusqu\w*|hasta|fino|sino|tot|t/m|até|tom|inn?til|indtil|til|do)\b
    \b(?:až|po|până)\b
    \bt\.?o\.?m\.?|\bдо\b|\bпо\b|\bέως\b|\bως\b|\bμέχρι\b|\bhingga\b|\bsampai\b|\bđến\b|\bfins?\b|حتى|עד
""")
UNTIL_AFTER = any_of(r"""
    ^ ?(?:[’']?\w{0,3} ?(?:\w+ )?kadar|asti|saakka|-?i?g\b|まで|까지|之前|前|[（(].{1,3}[）)] ?まで)
""")

# What else ends on a day: offers, prices, deadlines, hours.
OTHER = any_of(r"""
    \bvalid|\bprices?\b|\boffers?\b|\bsale\b|\bdiscount|\bdeadline|\bopen (?:from|until|daily)\b|\binvoice
    \bdeliver
    \bgültig|\bgilt\b|\bpreis|\bangebot|\brabatt|\bgeöffnet|\blieferung|\bfrist\b
    \bvalable|\bprix\b|\boffre|\bouvert|\blivraison|\bválid|\bprecio|\boferta|\babiert|\bvalid[oaie]\b
    \bprezz|\bapert[oaie]\b
    \bpreço|\baberto|\bgeldig|\bprijs|\bprijzen|\baanbieding|\bważn|\bcen[ay]\b|\bplatí|\bplatn[áéý]|\bnabíd
    \bgiltig|\bgäller|\bpris(?:er|et|erna)?\b|\bgyldig|\bgælder|\bgjelder|\btilbud|\berbjudande|\bvoimassa
    \btarjou
    \bдейств|\bцен[аы]|\bпредложен|\bισχύ|\bπροσφορ|\bgeçerli|\bfiyat|\bérvényes|\bvalabil
    有効|価格|セール|有效|价格|優惠|优惠|유효|가격|할인
""")
