"""Build the machine tables of the stage `clean` from the data of other projects.

    npm pack opencc@1.4.2 && tar xzf opencc-1.4.2.tgz      # Apache-2.0
    pip download --no-deps pypinyin && unzip pypinyin-*.whl  # MIT
    python tools/build_script_tables.py package/data/dictionary pypinyin/pinyin_dict.json path/to/jieba/dict.txt

The dictionary of jieba (MIT) is the file that the crate jieba-rs carries. Written are, in src/lexicon/data:

- script_chars.txt     line 1: Traditional characters with their Simplified ones, in pairs;
                       line 2: the same for characters that are ordinary in Simplified text as well (著, 乾, 于);
                       line 3: characters that only Simplified text has
- script_phrases_opencc.txt   phrases whose characters do not convert one by one, tab, the Simplified phrase
- pinyin_readings.txt  a syllable without tone, tab, the characters that are read so
- hanzi_frequency.txt  characters, the most frequent first
- hanzi_pairs.txt      a character, and behind tabs three groups of characters that follow it in words: up to 5, up to 8 and
                       more bits likelier than by chance
- frequent_words.txt   the first character of words of two characters that the dictionary counts 200 times or more, and their
                       second ones; without names of administrative units (regions.tsv)
- compatibility.txt    radicals and compatibility ideographs with the characters that they stand for, in pairs
"""

import collections
import itertools
import json
import math
import pathlib
import sys
import unicodedata

DATA = pathlib.Path(__file__).resolve().parent.parent / "src" / "lexicon" / "data"


def read(folder, name):
    """Key → values of one dictionary of OpenCC."""
    table = {}
    for line in (folder / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            key, values = line.split("\t")
            table[key] = values.split(" ")
    return table


def is_in(character, charset):
    try:
        character.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


def in_gb2312(character):
    return is_in(character, "gb2312")


def convert(text, phrases, characters):
    """Longest phrase first, then characters."""
    longest = max(map(len, phrases), default=1)
    out, at = [], 0
    while at < len(text):
        for length in range(min(longest, len(text) - at), 1, -1):
            if (found := phrases.get(text[at : at + length])) is not None:
                out.append(found)
                at += length
                break
        else:
            out.append(characters.get(text[at], text[at]))
            at += 1
    return "".join(out)


def script(folder):
    characters = {k: v[0] for k, v in read(folder, "TSCharacters").items() if len(k) == 1 and v[0] != k}
    phrases = {k: v[0] for k, v in read(folder, "TSPhrases").items()}
    # Taiwan and Hong Kong write some characters in a form of their own: through the standard form to the Simplified one. A
    # form that stands for itself in Simplified text (才, 核, 泄 …) stays; 著 is 着 unless a phrase says otherwise.
    variants = {}
    for place in ("TWVariants", "HKVariants"):
        for standard, forms in read(folder, place).items():
            for form in forms:
                if form != standard and not in_gb2312(form):
                    variants.setdefault(form, standard)
    for form, standard in variants.items():
        characters.setdefault(form, characters.get(standard, standard))
    characters["著"] = "着"
    for key, values in read(folder, "TWVariantsRevPhrases").items():
        # Short ones that begin with 著 meet the particle too often (本著有利於).
        if "著" in key and (not key.startswith("著") or key[1:] in ("作", "名", "述", "稱", "者", "書", "錄")):
            phrases.setdefault(key, convert(values[0], phrases, {k: v for k, v in characters.items() if k != "著"}))
    characters = {k: v for k, v in characters.items() if k != v and ord(k) < 0x10000 and ord(v) < 0x10000}
    by_character = lambda text: "".join(characters.get(c, c) for c in text)
    phrases = {k: v for k, v in phrases.items() if by_character(k) != v and len(k) == len(v)}
    # A phrase that a shorter one already gives is not needed.
    needed = {}
    for key in sorted(phrases, key=lambda k: (len(k), k)):
        if convert(key, needed, characters) != phrases[key]:
            needed[key] = phrases[key]
    simplified = {k for k, v in read(folder, "STCharacters").items() if k not in v and len(k) == 1 and in_gb2312(k)}
    simplified -= set(characters)
    # GB 2312 has 後 although Simplified text does not use it.
    certain = {k: v for k, v in characters.items() if not in_gb2312(k) or k == "後"}
    both = {k: v for k, v in characters.items() if k not in certain}
    pairs = lambda table: "".join(k + v for k, v in sorted(table.items()))
    write("script_chars.txt", [pairs(certain), pairs(both), "".join(sorted(simplified))])
    write("script_phrases_opencc.txt", [f"{k}\t{v}" for k, v in sorted(needed.items())])
    return characters


def plain(reading):
    """A reading without its tone; ü is v."""
    letters = unicodedata.normalize("NFD", reading.replace("ü", "v"))
    letters = letters.replace("u\u0308", "v").replace("e\u0302", "e")
    return "".join(c for c in unicodedata.normalize("NFD", letters) if c.isascii() and c.isalpha())


def pinyin(path, wanted):
    by_syllable = collections.defaultdict(set)
    for code, readings in json.loads(path.read_text(encoding="utf-8")).items():
        character = chr(int(code))
        if character in wanted:
            for reading in readings.split(","):
                decomposed = unicodedata.normalize("NFD", reading)
                syllable = plain(unicodedata.normalize("NFC", decomposed.replace("u\u0308", "v")))
                if syllable:
                    by_syllable[syllable].add(character)
    write("pinyin_readings.txt", [f"{s}\t{''.join(sorted(c))}" for s, c in sorted(by_syllable.items())])


def frequency(path):
    counts = collections.Counter()
    for line in path.read_text(encoding="utf-8").splitlines():
        word, count, *_ = line.split(" ")
        for character in word:
            if "\u4e00" <= character <= "\u9fff":
                counts[character] += int(count)
    write("hanzi_frequency.txt", ["".join(c for c, _ in sorted(counts.items(), key=lambda x: (-x[1], x[0]))[:4500])])


def follow(path):
    """Pairs of neighbours in words that are at least six times as frequent as chance would have them."""
    single, pairs = collections.Counter(), collections.Counter()
    for line in path.read_text(encoding="utf-8").splitlines():
        word, count, *_ = line.split(" ")
        single.update({c: int(count) * word.count(c) for c in set(word)})
        for first, second in itertools.pairwise(word):
            pairs[first + second] += int(count)
    total = single.total()
    groups = collections.defaultdict(lambda: ["", "", ""])
    for pair, count in sorted(pairs.items()):
        if count < 40 or not all("\u4e00" <= c <= "\u9fff" for c in pair):
            continue
        bits = math.log2(count * total / single[pair[0]] / single[pair[1]])
        if bits > 2.5:
            groups[pair[0]][(bits > 5) + (bits > 8)] += pair[1]
    write("hanzi_pairs.txt", [first + "\t" + "\t".join(group) for first, group in sorted(groups.items())])


# Radicals that PDF files put in the place of characters and that Unicode gives no decomposition.
RADICALS = (
    "⺁厂⺃乚⺌小⺎兀⺏尣⺒巳⺓幺⺖忄⺗小⺘扌⺛旡⺝月⺞歹⺠民⺡氵⺢水⺣灬⺤爫⺥爪⺨犭⺩王⺪疋⺫目⺬示⺮竹⺯糸⺰纟⺶羊⺷羊⺸羊⺹耂⺺聿⺼肉⺽臼⺾艹⻁虎"
    "⻂衤⻃覀⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻕阜⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻟食⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾"
    "⻬齐⻮齿⻰龙⻱龜⻳龟"
)


def words(path):
    """The frequent words of two characters that are no names of places."""
    from build_regions import mechanical_short

    rows = (DATA / "regions.tsv").read_text(encoding="utf-8").splitlines()[1:]
    names = {name for row in rows for name in (row.split("\t")[1], mechanical_short(row.split("\t")[1]))}
    found = collections.defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        word, count, *_ = line.split(" ")
        if len(word) == 2 and int(count) >= 200 and word not in names and all("\u4e00" <= c <= "\u9fa5" for c in word):
            found[word[0]].append(word[1])
    write("frequent_words.txt", [first + "".join(sorted(seconds)) for first, seconds in sorted(found.items())])


def compatibility():
    pairs = dict(zip(RADICALS[::2], RADICALS[1::2]))
    for code in [0x2E9F, 0x2EF3, *range(0x2F00, 0x2FD6), *range(0xF900, 0xFAFF)]:
        normal = unicodedata.normalize("NFKC", chr(code))
        if len(normal) == 1 and normal != chr(code):
            pairs[chr(code)] = normal
    write("compatibility.txt", ["".join(k + v for k, v in sorted(pairs.items()) if ord(v) < 0x10000)])


def write(name, lines):
    path = DATA / name
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")
    print(f"{path.name}: {len(lines)} lines, {path.stat().st_size} bytes")


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    characters = script(pathlib.Path(sys.argv[1]))
    gbk = {chr(c) for c in range(0x4E00, 0x9FFF) if is_in(chr(c), "gbk")}
    pinyin(pathlib.Path(sys.argv[2]), gbk | set(characters) | set(characters.values()))
    frequency(pathlib.Path(sys.argv[3]))
    follow(pathlib.Path(sys.argv[3]))
    words(pathlib.Path(sys.argv[3]))
    compatibility()


if __name__ == "__main__":
    main()
