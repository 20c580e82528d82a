package wording

import "golang.org/x/text/language"

// Language is a language of the pages, as a BCP 47 tag for HTML's lang attribute.
type Language string

// The languages of the pages.
const (
	Chinese Language = "zh-CN"
	English Language = "en"
)

// Languages lists all languages, the default first.
var Languages = []Language{Chinese, English}

// served maps each tag of matcher to the language it gets. Readers of traditional
// characters are better served by simplified ones than by English.
var served = []Language{Chinese, Chinese, English}

var matcher = language.NewMatcher(
	[]language.Tag{language.SimplifiedChinese, language.TraditionalChinese, language.English})

// Preferred returns the language for a browser that sends this Accept-Language
// (RFC 9110, RFC 4647). It is Chinese unless the browser prefers English.
func Preferred(acceptLanguage string) Language {
	wanted, _, err := language.ParseAcceptLanguage(acceptLanguage)
	if err != nil {
		return Chinese
	}
	_, i, confidence := matcher.Match(wanted...)
	if confidence < language.High { // CLDR would let English stand in for French
		return Chinese
	}
	return served[i]
}

// Known returns the language of that name and reports whether there is one.
func Known(name string) (Language, bool) {
	for _, l := range Languages {
		if string(l) == name {
			return l, true
		}
	}
	return Chinese, false
}
