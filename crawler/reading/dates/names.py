"""What months, weekdays and time zones are called, in Vietnamese and in the languages of pages that portals embed."""

from __future__ import annotations

from archive.vietnam.text import fold

# Portals have pages in English, French, Chinese and the neighbours' languages, and link to papers of every country;
# "giêng" may be lunar and is looked at again. "listopada" is November in Polish and October in Croatian: it is neither.
_MONTHS = (
    "gieng mot january jan janvier janv enero ene januar januari janeiro gennaio ianuarie ocak stycznia ledna"
    " января січня",
    "hai february feb fevrier fevr febrero februar februari fevereiro febbraio februarie subat lutego unora"
    " февраля лютого",
    "ba march mar mars marzo marz maart marco martie mart marca brezna maret марта березня",
    "tu april apr avril avr abril aprile aprilie nisan kwietnia dubna апреля квітня",
    "nam may mai mayo maj mei maio maggio mayis mayıs maja kvetna мая травня",
    "sau june jun juin junio juni junho giugno iunie haziran czerwca cervna июня червня",
    "bay july jul juillet juil julio juli julho luglio iulie temmuz lipca cervence июля липня",
    "tam august aug aout agosto augusti augustus agustus agustos sierpnia srpna августа серпня",
    "chin september sep sept septembre septiembre setembro settembre septembrie eylul wrzesnia zari сентября вересня",
    "muoi october oct octobre octubre outubro oktober okt ottobre octombrie ekim pazdziernika rijna октября жовтня",
    "muoi_mot november nov novembre noviembre novembro noiembrie kasim kasım listopadu ноября листопада",
    "muoi_hai december dec decembre diciembre dezember dez desember dezembro dicembre decembrie aralik grudnia prosince"
    " декабря грудня",
)
_ARABIC_MONTHS = (
    "يناير كانون_الثاني",
    "فبراير شباط",
    "مارس آذار",
    "أبريل إبريل نيسان",
    "مايو أيار",
    "يونيو يونيه حزيران",
    "يوليو يوليه تموز",
    "أغسطس آب",
    "سبتمبر أيلول",
    "أكتوبر تشرين_الأول",
    "نوفمبر تشرين_الثاني",
    "ديسمبر كانون_الأول",
)
MONTH_OF = {
    fold(name).replace("_", " "): place
    for table in (_MONTHS, _ARABIC_MONTHS)
    for place, line in enumerate(table, 1)
    for name in line.split()
}
# Zones by their letters; what two countries call the same (IST, BST, CST, ET) is a zone that nobody can know.
ZONES: dict[str, str | None] = {
    "wet": "+00", "west": "+01", "cet": "+01", "mez": "+01", "cest": "+02", "mesz": "+02", "eet": "+02", "eest": "+03",
    "msk": "+03", "pkt": "+05", "wib": "+07", "sgt": "+08", "hkt": "+08", "pht": "+08", "myt": "+08", "wita": "+08",
    "jst": "+09", "kst": "+09", "aest": "+10", "aedt": "+11", "edt": "-04", "est": "-05", "cdt": "-05", "mdt": "-06",
    "mst": "-07", "pdt": "-07", "pst": "-08", "ist": None, "bst": None, "cst": None, "et": None, "ct": None, "pt": None,
}  # fmt: skip

# Folded, written out: cut short ("do", "so") they are words of Vietnamese.
WEEKDAYS = fold(
    "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag lundi mardi mercredi jeudi vendredi samedi "
    "dimanche lunes martes miercoles jueves viernes sabado domingo lunedi martedi mercoledi giovedi venerdi domenica "
    "الأحد الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت"
).split()
# What tells a weekday in Vietnamese and, cut to three letters, in English; Monday is 0.
WEEKDAY_OF = {
    name: place
    for place, line in enumerate(
        ("hai 2 mon", "ba 3 tue", "tu 4 wed", "nam 5 thu", "sau 6 fri", "bay 7 sat", "chu cn sun")
    )
    for name in line.split()
}
