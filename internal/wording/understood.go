package wording

import "strconv"

// Understood holds the texts that say in plain words how a query was read. Those with
// a Slot take an operand.
type Understood struct {
	Label                          string // precedes the query in plain words
	Or, With, Before               string // between two operands
	Not, Text, Phrase, Prefix      string
	InTitle, InLead, InSection     string
	BySource, ByByline, Newspaper  string
	OnPage, OnPageNamed, OfKind    string
	Dated                          string
	SameSentence, SameParagraph    string // follows two operands
	ShorterText, LongerText, Sized string // with a Slot for a number of characters
}

func newUnderstood(text translator) Understood {
	return Understood{
		Label:         text("解读为：", "Understood as: "),
		Or:            text(" 或 ", " or "),
		With:          text(" 与 ", " and "),
		Before:        text(" 先于 ", " before "),
		Not:           text("不含 %s", "without %s"),
		Text:          text("文字“%s”", "the text “%s”"),
		Phrase:        text("原文“%s”", "the phrase “%s”"),
		Prefix:        text("以 %s 开头的词", "words that start with %s"),
		InTitle:       text("标题含 %s", "title contains %s"),
		InLead:        text("标题或首段含 %s", "title or first paragraph contains %s"),
		InSection:     text("小标题含 %s", "section heading contains %s"),
		BySource:      text("来源 %s", "source %s"),
		ByByline:      text("作者 %s", "byline %s"),
		Newspaper:     text("报纸 %s", "newspaper %s"),
		OnPage:        text("版次 %s", "page %s"),
		OnPageNamed:   text("版名 %s", "page name %s"),
		OfKind:        text("类型 %s", "type %s"),
		Dated:         text("日期 %s", "dated %s"),
		SameSentence:  text(" 在同一句", " in one sentence"),
		SameParagraph: text(" 在同一段", " in one paragraph"),
		LongerText:    text("至少 %s 字", "at least %s characters"),
		ShorterText:   text("至多 %s 字", "at most %s characters"),
		Sized:         text("共 %s 字", "%s characters long"),
	}
}

// CharactersApart follows two operands with at most n characters between them.
func (w *Words) CharactersApart(n int) string {
	return w.text(" 相隔不超过 "+strconv.Itoa(n)+" 字", " at most "+counted(n, "character", "characters")+" apart")
}

// SentencesApart follows two operands with at most n sentences from one to the other.
func (w *Words) SentencesApart(n int) string {
	return w.text(" 相隔不超过 "+strconv.Itoa(n)+" 句", " at most "+counted(n, "sentence", "sentences")+" apart")
}

// ParagraphsApart follows two operands with at most n paragraphs from one to the other.
func (w *Words) ParagraphsApart(n int) string {
	return w.text(" 相隔不超过 "+strconv.Itoa(n)+" 段", " at most "+counted(n, "paragraph", "paragraphs")+" apart")
}

// AtLeastTimes follows an operand that must occur n times.
func (w *Words) AtLeastTimes(n int) string {
	return w.text(" 至少出现 "+strconv.Itoa(n)+" 次", " at least "+counted(n, "time", "times"))
}

// Comma separates conditions.
func (w *Words) Comma() string { return w.text("，", ", ") }

// Brackets group conditions.
func (w *Words) Brackets() (opening, closing string) { return w.text("（", "("), w.text("）", ")") }
