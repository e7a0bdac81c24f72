"""Two immutable functions: the search key and the dictionary key of `toolkit.text`, for indexes and queries.

The letters are written out: what an index was built with must not change when the program does.
"""

from django.db import migrations

FOLD_FROM = (
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcehkmoptxyÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞàáâãäåçèéêëìíîïñòóôõöù"
    "úûüýÿĀāĂăĄąĆćĈĉĊċČčĎďĐĒēĔĕĖėĘęĚěĜĝĞğĠġĢģĤĥĦĨĩĪīĬĭĮįİĲĴĵĶķĹĺĻļĽľĿŁŃńŅņŇňŊŌōŎŏŐőŒŔŕŖŗŘřŚśŜŝŞ"
    "şŠšŢţŤťŦŨũŪūŬŭŮůŰűŲųŴŵŶŷŸŹźŻżŽžЀЁЂЃЄЅІЇЈЉЊЋЌЍЎЏАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯйёҊҌҎҐҒғҔҖҘ"
    "ҚқҜҞҠҢҤҦҨҪҬҮҰҲҳҴҶҷҸҺҼҾӀӁӃӅӇӉӋӍӐӒӔӖӘӚӜӞӠӢӣӤӦӨӪӬӮӯӰӲӴӶӸӺӼӾԀԂԄԆԈԊԌԎԐԒԔԖԘԚԜԞԠԢԤԦԨԪԬԮ"
)
MARKS = "".join(map(chr, range(0x300, 0x370)))  # deleted: accents left over
FOLD_TO = (
    "авсdеfgнijкlмnорqrsтuvwхуzавсенкмортхуааааааæсееееiiiiðnоооооøuuuuуþаааааасееееiiiinоооооu"
    "uuuууаааааассссссссddđееееееееееggggggggннħiiiiiiiiiĳjjккllllllŀłnnnnnnŋооооооœrrrrrrsssss"
    "sssттттŧuuuuuuuuuuuuwwуууzzzzzzѐеђѓєѕіїјљњћќѝўџабвгдежзииклмнопрстуфхцчшщъыьэюяиеҋҍҏґггҕҗҙ"
    "ккҝҟҡңҥҧҩҫҭүұххҵччҹһҽҿӏӂӄӆӈӊӌӎӑӓӕӗәӛӝӟӡииӥӧөӫӭууӱӳӵӷӹӻӽӿԁԃԅԇԉԋԍԏԑԓԕԗԙԛԝԟԡԣԥԧԩԫԭԯ"
)
ORDER_FROM = (
    "ABCDEFGHIJKLMNOPQRSTUVWXYZабвгғдеёжзиӣйкқлмнопрстуӯфхҳцчҷшщъыьэюяАБВГҒДЕЁЖЗИӢЙКҚЛМНОПРСТУӮ"
    "ФХҲЦЧҶШЩЪЫЬЭЮЯ"
)
ORDER_TO = (
    "abcdefghijklmno"
    "pqrstuvwxyz\uE000\uE001\uE002\uE003"
    "\uE004\uE005\uE006\uE007\uE008\uE009\uE00A\uE00B\uE00C\uE00D\uE00E\uE00F\uE010\uE011\uE012"
    "\uE013\uE014\uE015\uE016\uE017\uE018\uE019\uE01A\uE01B\uE01C\uE01D\uE01E\uE01F\uE020\uE021"
    "\uE022\uE023\uE024\uE025\uE026\uE000\uE001\uE002\uE003\uE004\uE005\uE006\uE007\uE008\uE009"
    "\uE00A\uE00B\uE00C\uE00D\uE00E\uE00F\uE010\uE011\uE012\uE013\uE014\uE015\uE016\uE017\uE018"
    "\uE019\uE01A\uE01B\uE01C\uE01D\uE01E\uE01F\uE020\uE021\uE022\uE023\uE024\uE025\uE026"
)


def function(name: str, before: str, after: str) -> str:
    return f"""
        CREATE FUNCTION {name}(said text) RETURNS text
        LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
        AS $$ SELECT translate(normalize(said, NFC), '{before}', '{after}') $$
    """


class Migration(migrations.Migration):
    dependencies = [("toolkit", "0001_first")]
    operations = [
        migrations.RunSQL(function("gumruk_folded", FOLD_FROM + MARKS, FOLD_TO), "DROP FUNCTION gumruk_folded(text)"),
        migrations.RunSQL(
            function("gumruk_dictionary_key", ORDER_FROM, ORDER_TO), "DROP FUNCTION gumruk_dictionary_key(text)"
        ),
    ]
