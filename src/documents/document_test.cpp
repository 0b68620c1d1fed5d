// From the bytes of a file to its text: which format it is, what is kept, and what is said about files that cannot be read.
#include "documents/document.h"

#include "base/text.h"
#include "documents/documents_test_support.h"
#include "documents/input_file.h"

namespace zielwerk::documents {
namespace {

using test::opened;
using Tags = std::vector<std::string>;

TEST(Document, TextIsTheFileItself) {
  const std::string bytes = "\xEF\xBB\xBFZielwert 2024:\r\n\r\n| a | b |\r\n|--|--|\r\n18,9\xC2\xA0%\xC2\xAD\r\n";
  const test::File file("Vereinbarung.txt", bytes);
  const auto document = open_document(file.path());
  ASSERT_TRUE(document);
  EXPECT_EQ(document->text, bytes);
  EXPECT_TRUE(document->text_is_file);
  EXPECT_EQ(document->name, "Vereinbarung.txt");
  EXPECT_EQ(document->media, "text/plain");
  EXPECT_EQ(document->bytes, bytes.size());
  EXPECT_EQ(document->sha256, sha256(bytes));
  EXPECT_EQ(document->layout, (Tags{"bom", "crlf", "markdown_tables"}));
}

TEST(Document, BytesTellTheFormat) {
  const std::vector<std::pair<std::string, std::string>> files{
      {"a.md", "# Ziel\n"}, {"b.txt", "<!DOCTYPE html><p>Ziel 5"}, {"c.pdf", "Ziel 5"}, {"d.html", test::pdf({test::page_content({{60, 60, "Ziel 5"}})})}};
  const std::vector<std::string> media{"text/markdown", "text/html", "text/plain", "application/pdf"};
  for (std::size_t i = 0; i < files.size(); ++i) {
    const test::File file(files[i].first, files[i].second);
    const auto document = open_document(file.path());
    ASSERT_TRUE(document) << files[i].first;
    EXPECT_EQ(document->media, media[i]);
    EXPECT_EQ(document->text_is_file, media[i].starts_with("text/") && media[i] != "text/html");
  }
}

TEST(Document, Encodings) {
  EXPECT_EQ(opened("a.txt", "Gr\xF6\xDF\x65: 5 \x80"), "Größe: 5 €");
  EXPECT_EQ(opened("a.txt", std::string("\xFF\xFEZ\0i\0\xE4\0", 8)), "Ziä");
  EXPECT_EQ(opened("a.html", "<html><p>Gr\xF6\xDF\x65"), "Größe\n");
  EXPECT_EQ(opened("a.txt", "Gr\xC3\xB6\xC3\x9F\x65 \xFF"),
            "encoding_invalid | Der Text ist UTF-8, aber beschädigt: Byte 9 gehört zu keinem Zeichen. Bitte noch einmal als UTF-8 speichern.");
  EXPECT_EQ(opened("a.txt", "Gr\xFC\xDF\x65 \x81"),
            "encoding_invalid | Der Text ist weder UTF-8 noch Windows-1252: Byte 7 ist 0x81. Bitte als UTF-8 speichern.");
}

TEST(Document, WhatCannotBeReadIsSaid) {
  const std::string ole = "\xD0\xCF\x11\xE0 alt";
  const std::vector<std::pair<std::string, std::string>> files{
      {"", "file_empty | Die Datei ist leer."},
      {" \n\t\r\n", "document_without_text | Die Datei enthält keinen Text, nur Leerraum."},
      {std::string("Ziel\0", 5), "format_unknown | Die Datei ist kein Text: Byte 5 ist ein Steuerzeichen (0x00). Erwartet wird TXT, Markdown, HTML, DOCX oder PDF."},
      {ole, "format_unknown | Die Datei ist im alten Word-Format (.doc) oder mit einem Kennwort geschützt; bitte ohne Kennwort als .docx oder PDF speichern."},
      {"{\\rtf1}", "format_unknown | Die Datei ist im Format RTF; bitte als .docx oder PDF speichern."},
      {"<html></html>", "document_without_text | Die Datei enthält keinen Text."},
      {"PK\x03\x04 abgeschnitten",
       "document_damaged | Die Datei beginnt wie eine DOCX-Datei, ist aber kein vollständiges ZIP-Archiv; vermutlich fehlt ihr Ende."},
      {test::zip({{"a.txt", "a"}}), "format_unknown | Die Datei ist ein ZIP-Archiv, aber kein Word-Dokument (der Teil word/document.xml fehlt). Erwartet "
                                    "wird TXT, Markdown, HTML, DOCX oder PDF."},
      {"%PDF-1.7\n", "document_damaged | Das PDF ist beschädigt oder unvollständig: es lässt sich keine Seite lesen."},
      {test::pdf({"", ""}), "document_without_text | Das PDF enthält keinen Text: alle Seiten sind leer."},
      {std::string((std::size_t{8} << 20) + 1, '7'), "document_too_large | Die Datei hat 8 MiB Text; mehr als 8 MiB hat keine Vereinbarung."},
      {std::string(std::size_t{50} << 20, '7'), "file_too_large | Die Datei ist zu groß: höchstens 33554432 Byte sind erwartet."}};
  for (const auto& [bytes, message] : files) EXPECT_EQ(opened("datei", bytes), message);
  EXPECT_THROW(static_cast<void>(open_document("/gibt/es/nicht.pdf")), base::EnvironmentError);
}

// Nothing that arrives may be larger inside than outside, look at files, or last.
TEST(Document, Traps) {
  const std::string word = R"(<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>)";
  const std::string external = R"(<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>)" + word + "&x;";
  EXPECT_EQ(opened("a.docx", test::zip({{"word/document.xml", external}})),
            "document_damaged | Der Teil word/document.xml enthält eine DTD oder eigene Entitäten; das gibt es in keiner Vereinbarung.");
  std::string paragraphs;
  for (int i = 0; i < 1'000'000; ++i) paragraphs += "<w:p><w:r><w:t>5</w:t></w:r></w:p>";
  EXPECT_EQ(opened("a.docx", test::docx(paragraphs)),
            "document_too_large | Die Datei hat mehr als 6 Millionen XML-Elemente; so groß ist keine Vereinbarung.");
  EXPECT_EQ(opened("a.docx", test::zip({{"word/document.xml", word + std::string(std::size_t{150} << 20, ' ')}})).substr(0, 16), "document_damaged");
  std::string deep = "<html>";
  for (int i = 0; i < 200'000; ++i) deep += "<table><tr><td><div><b>";
  EXPECT_EQ(opened("a.html", deep + "Ziel 5"), "**Ziel 5**\n");
  std::string nested;
  for (int i = 0; i < 10'000; ++i) nested += "<w:tbl><w:tr><w:tc>";
  EXPECT_EQ(opened("a.docx", test::docx(nested)).substr(0, 16), "document_damaged");
}

TEST(Document, RealPapers) {
  const auto pdf = open_document(test::papers / "vereinbarung_erfunden.pdf");
  const auto docx = open_document(test::papers / "vereinbarung_erfunden.docx");
  ASSERT_TRUE(pdf);
  ASSERT_TRUE(docx);
  EXPECT_EQ(pdf->pages.size(), 2U);
  EXPECT_EQ(pdf->pages[0], 0U);
  EXPECT_EQ(pdf->layout, (Tags{"tables", "columns", "headings"}));
  for (const auto* document : {&*pdf, &*docx}) {
    for (const std::string part :
         {"# Zielvereinbarung 2024\n\nzwischen dem\n\n", "## § 2 Ziele\n\nIm Jahr 2024 werden folgende Zielwerte vereinbart:\n\n| Ziel | Messgröße | Zielwert 2024 |\n",
          "| Vermeidung von langfristigem Leistungsbezug, insbesondere bei Familien mit Kindern | Bestand an Langzeitleistungsbeziehenden | 7.331 |\n",
          "| Verringerung der Hilfebedürftigkeit | Veränderung der Summe der Leistungen zum Lebensunterhalt | -0,4 % |\n\nWeitere Schwerpunkte sind:\n\n",
          "- die Beratung von Alleinerziehenden, die Leistungen nach dem SGB II beziehen und eine Ausbildung suchen,\n- die Aktivierung",
          "1. Erster Schritt\n\n2. Zweiter Schritt\n", "Erika Beispiel\nStaatssekretärin\n\nAuental, den 05.03.2024\n\nFür den Kreis Auental\n\nMax Muster\nLandrat\n"}) {
      EXPECT_NE(document->text.find(part), std::string::npos) << document->name << ": " << part << "\n" << document->text;
    }
  }
}

TEST(Document, ScannedPaper) {
  const auto scan = open_document(test::papers / "scan_erfunden.pdf");
  if (!scan) {
    EXPECT_EQ(scan.error().code, "ocr_missing");
    EXPECT_EQ(scan.error().message, "Das PDF ist ein Scan ohne Textebene. Dafür wird Tesseract mit deutschen Sprachdaten gebraucht: apt-get install "
                                    "tesseract-ocr tesseract-ocr-deu");
    GTEST_SKIP() << "no Tesseract";
  }
  EXPECT_EQ(scan->layout.back(), "ocr");
  EXPECT_EQ(scan->remarks, (Tags{"Seite 1 wurde mit Tesseract gelesen; Lesefehler sind möglich."}));
  for (const std::string part : {"Im Jahr 2024 werden folgende Zielwerte vereinbart:", "| 7.331 |", "24,5 %", "-0,4 %", "Neustadt, den 12.03.2024"}) {
    EXPECT_NE(scan->text.find(part), std::string::npos) << part << "\n" << scan->text;
  }
  EXPECT_EQ(open_document(test::papers / "scan_erfunden.pdf", {false}).error().code, "document_without_text");
}

}  // namespace
}  // namespace zielwerk::documents
