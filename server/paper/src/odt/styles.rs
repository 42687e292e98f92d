//! How the document looks, and what stands on each page.

use super::xml::paragraph;
use super::{NAMES, PROLOGUE, VERSION};
use crate::document::Document;
use crate::write::DRAFT;

/// `styles.xml`.
pub fn styles(document: &Document) -> String {
    let draft = if document.is_draft {
        format!("<style:header><text:p text:style-name=\"Small\">{DRAFT}</text:p></style:header>")
    } else {
        String::new()
    };
    format!(
        "{PROLOGUE}<office:document-styles {NAMES} office:version=\"{VERSION}\">{LOOK}\
        <office:master-styles><style:master-page style:name=\"Standard\" style:page-layout-name=\"Page\">{draft}\
        <style:footer><text:p text:style-name=\"Small\">{} · Seite <text:page-number text:select-page=\"current\">1</text:page-number> \
        von <text:page-count>1</text:page-count></text:p></style:footer>\
        </style:master-page></office:master-styles></office:document-styles>",
        paragraph(&document.about)
    )
}

/// The styles by the names that the content gives them. Sizes are those of the paper.
const LOOK: &str = "<office:styles>\
    <style:default-style style:family=\"paragraph\">\
    <style:paragraph-properties fo:margin-bottom=\"6pt\" fo:line-height=\"130%\"/>\
    <style:text-properties fo:font-size=\"11pt\" fo:language=\"de\" fo:country=\"DE\" fo:hyphenate=\"true\"/></style:default-style>\
    <style:style style:name=\"Standard\" style:family=\"paragraph\" style:class=\"text\"/>\
    <style:style style:name=\"Lead\" style:family=\"paragraph\" style:parent-style-name=\"Standard\">\
    <style:text-properties fo:font-size=\"13pt\"/></style:style>\
    <style:style style:name=\"Small\" style:family=\"paragraph\" style:parent-style-name=\"Standard\">\
    <style:text-properties fo:font-size=\"9pt\"/></style:style>\
    <style:style style:name=\"Item\" style:family=\"paragraph\" style:parent-style-name=\"Standard\"/>\
    <style:style style:name=\"Heading_20_1\" style:display-name=\"Heading 1\" style:family=\"paragraph\" \
    style:parent-style-name=\"Standard\" style:next-style-name=\"Standard\" style:default-outline-level=\"1\">\
    <style:text-properties fo:font-size=\"22pt\" fo:font-weight=\"bold\"/></style:style>\
    <style:style style:name=\"Heading_20_2\" style:display-name=\"Heading 2\" style:family=\"paragraph\" \
    style:parent-style-name=\"Standard\" style:next-style-name=\"Standard\" style:default-outline-level=\"2\">\
    <style:paragraph-properties fo:margin-top=\"16pt\" fo:keep-with-next=\"always\"/>\
    <style:text-properties fo:font-size=\"15pt\" fo:font-weight=\"bold\"/></style:style>\
    <style:style style:name=\"Heading_20_3\" style:display-name=\"Heading 3\" style:family=\"paragraph\" \
    style:parent-style-name=\"Standard\" style:next-style-name=\"Standard\" style:default-outline-level=\"3\">\
    <style:paragraph-properties fo:margin-top=\"12pt\" fo:keep-with-next=\"always\"/>\
    <style:text-properties fo:font-size=\"12pt\" fo:font-weight=\"bold\"/></style:style>\
    <style:style style:name=\"Strong\" style:family=\"text\"><style:text-properties fo:font-weight=\"bold\"/></style:style>\
    <text:list-style style:name=\"Items\">\
    <text:list-level-style-bullet text:level=\"1\" text:bullet-char=\"•\"><style:list-level-properties text:space-before=\"0cm\" text:min-label-width=\"0.5cm\"/></text:list-level-style-bullet>\
    <text:list-level-style-bullet text:level=\"2\" text:bullet-char=\"–\"><style:list-level-properties text:space-before=\"0.5cm\" text:min-label-width=\"0.5cm\"/></text:list-level-style-bullet>\
    <text:list-level-style-bullet text:level=\"3\" text:bullet-char=\"–\"><style:list-level-properties text:space-before=\"1cm\" text:min-label-width=\"0.5cm\"/></text:list-level-style-bullet>\
    </text:list-style></office:styles>\
    <office:automatic-styles><style:page-layout style:name=\"Page\"><style:page-layout-properties fo:page-width=\"21cm\" \
    fo:page-height=\"29.7cm\" fo:margin=\"2cm\"/><style:footer-style/></style:page-layout></office:automatic-styles>";
