"""Declarations and other small files: broken ones, and ones that pull the ground from under others."""
from kit import Place, check, orderly, random_for, test

MEASURE = '[[messgroesse]]\ncode = "{0}"\nname = "Messgröße {0}"\nart = "bewegung"\nzaehlt = "Personen"\n'
FIGURE = '[[kennzahl]]\ncode = "KENNZAHL_{0}"\nname = "Kennzahl"\nzaehler = {{ messgroesse = "{0}", bildung = "summe" }}\ngut = "hoch"\n'


@test
def every_error_of_a_declaration_is_reported_at_once_with_line_and_column():
    place = Place()
    text = (MEASURE.format("klein") + MEASURE.format("ELB") + MEASURE.format("A").replace("bewegung", "Bestand") + MEASURE.format("B").replace("name =", "nahme =")
            + FIGURE.format("NIX") + FIGURE.format("A").replace('gut = "hoch"', "gut = 1") + '[gruppe]\ncode = "G"\n')
    answer = place.refuses("declare", "import", place.write("wrong.toml", text))
    for line, words in ((2, "klein"), (7, "ELB"), (14, "Bestand"), (18, "nahme"), (16, "name"), (24, "NIX"), (30, "gut"), (31, "[[gruppe]]")):
        check(any(f"wrong.toml, Zeile {line}, Spalte " in problem and words in problem for problem in answer.problems()), f"nothing about „{words}“ in line {line}: {answer.err}")


@test
def a_broken_declaration_is_refused():
    place, chance = Place(), random_for("toml")
    text = (MEASURE.format("A") + FIGURE.format("A")).encode()
    for content in (b"", b"[[messgroesse", b"x" * 1000, chance.randbytes(5000), text.decode().encode("utf-16"), b"a = " + b"[" * 5000 + b"]" * 5000,
                    b"a = 123456789012345678901234567890", text.replace(b'"A"', b'"A\x00"'), text.replace(b"hoch", b"hoch\x1b[31m"), b"a" * (2 << 20)):
        place.refuses("declare", "import", place.write("broken.toml", content), says="broken.toml")
    for _ in range(40):
        damaged = bytearray(text)
        for _ in range(chance.randint(1, 4)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        orderly(place.run("declare", "import", place.write("damaged.toml", bytes(damaged))), 0, 1)
        orderly(place.run("declare", "list"), 0)
    place.sound()


@test
def a_declaration_may_use_the_measures_of_another_whatever_the_names():
    for names in (("a.toml", "b.toml"), ("b.toml", "a.toml")):
        place = Place()
        orderly(place.run("declare", "import", place.write(names[0], MEASURE.format("X"))), 0)
        answer = place.run("declare", "import", place.write(names[1], FIGURE.format("X")))
        orderly(answer, 0, 1)
        listed = place.run("declare", "list", "--format=csv")
        orderly(listed, 0)
        check(answer.code == 1 or "KENNZAHL_X" in listed.out, listed)
        place.sound()


@test
def replacing_a_declaration_that_others_need_does_not_break_the_store():
    place = Place()
    orderly(place.run("declare", "import", place.write("a.toml", MEASURE.format("X"))), 0)
    orderly(place.run("declare", "import", place.write("b.toml", FIGURE.format("X"))), 0)
    orderly(place.run("facts", "import", place.write("x.csv", "traeger;berichtsmonat;ladestand;messgroesse;geschlecht;gruppe;wert\n33148;2021-01;2021-01;X;T;;10\n")), 0)
    orderly(place.run("declare", "import", place.write("a.toml", MEASURE.format("Y"))), 0, 1)
    for args in (["declare", "list"], ["facts", "export"], ["indicator", "KENNZAHL_X", "33148", "--month=2021-01", "--waiting=0"], ["doctor"]):
        orderly(place.run(*args), 0, 1, 2)
    orderly(place.run("declare", "import", place.write("a.toml", MEASURE.format("X"))), 0)
    place.sound()


@test
def two_declarations_of_the_same_measure_are_refused():
    place = Place()
    orderly(place.run("declare", "import", place.write("a.toml", MEASURE.format("X"))), 0)
    place.refuses("declare", "import", place.write("b.toml", MEASURE.format("X")), says=["b.toml, Zeile 2", "schon vergeben"])
    place.refuses("declare", "import", place.write("c.toml", MEASURE.format("Y") + MEASURE.format("Y")), says=["c.toml, Zeile 7", "schon vergeben"])


@test
def a_declared_figure_cannot_take_the_code_of_another():
    wrong = []
    for code in ("K2", "K3E4", "INTEGRATION_RATE", "KENNZAHL_INT"):
        place = Place()
        orderly(place.run("declare", "import", place.write("first.toml", FIGURE.format("INT"))), 0)
        answer = place.run("declare", "import", place.write("second.toml", FIGURE.format("INT").replace("KENNZAHL_INT", code)))
        if answer.code != 1 or "[code_taken]" not in answer.err:
            wrong.append(f"{code}: {answer}")
    check(not wrong, "\n".join(wrong))


@test
def every_error_of_peer_groups_is_reported_at_once():
    place, header = Place(), "traeger;vergleichstyp;gueltig_ab;gueltig_bis;quelle\n"
    answer = place.refuses("vergleichstyp", "import", place.write("t.csv", header + "33148;IIc;2020-01;;x\n99999;IIc;2020-01;;x\n33148;IIc;2020-13;;x\n33148;IIc;2020-05;2020-01;x\n33148;;2021-01;;x\n33148;IIc\n"))
    for line in (3, 4, 5, 6, 7):
        check(f"Zeile {line}" in answer.err, f"nothing about line {line}: {answer.err}")
    for content in (b"", b"a;b\n", b"\x00" * 100, random_for("types").randbytes(1000), header.encode("utf-16")):
        place.refuses("vergleichstyp", "import", place.write("b.csv", content), says="b.csv")
    listed = place.run("vergleichstyp", "list", "--format=csv")
    check(len(listed.out.splitlines()) == 1, listed)
