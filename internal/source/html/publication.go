package html

import (
	"regexp"

	"xunwen/internal/news"
)

// How often these places name the publication.
const (
	nicknameWeight  = 0.9 // the account of a public platform
	folioWeight     = 0.9
	siteNameWeight  = 0.8 // og:site_name
	metaNameWeight  = 0.7
	publisherWeight = 0.7
	appNameWeight   = 0.5
	titleNameWeight = 0.4 // <title> is nothing but a name
)

// platform matches names of services that publish for others.
var platform = regexp.MustCompile(`公众平台|^(?:微信|微博)$`)

// findPublication decides which name is that of the publication.
func (p *webPage) findPublication() (name string, confidence float64) {
	var e evidence
	add := func(name string, weight float64) {
		if name = news.Name(collapseSpace(name)); !platform.MatchString(name) {
			e.add(name, weight)
		}
	}
	add(p.script.nickname, nicknameWeight)
	add(p.nickname, nicknameWeight)
	if p.folio.isPaper {
		add(p.folio.publication, folioWeight)
	}
	add(p.first("og:site_name"), siteNameWeight)
	add(p.first("sitename"), metaNameWeight)
	add(p.linked.Publisher, publisherWeight)
	add(p.first("application-name"), appNameWeight)
	around, weight := publicationIn(p.title.before + " " + p.title.suffix)
	add(around, weight)
	if full := p.titleText(); around == "" && !sameText(full, p.title.text) {
		whole, _ := publicationIn(full)
		add(whole, titleNameWeight)
	}
	return e.best()
}
