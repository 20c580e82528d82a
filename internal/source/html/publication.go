package html

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"xunwen/internal/news"
	"xunwen/internal/textnorm"
)

// How often these places name the publication.
const (
	nicknameWeight  = 0.9 // the account of a public platform
	folioWeight     = 0.9
	siteNameWeight  = 0.8 // og:site_name
	metaNameWeight  = 0.7
	publisherWeight = 0.7
	appNameWeight   = 0.5
	lastPartWeight  = 0.25
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
	if len(e.all) == 0 {
		add(p.lastPart(), lastPartWeight)
		add(p.logo(), lastPartWeight)
	}
	return e.best()
}

// lastPart returns the last part of what follows the headline in <title>, if the page
// shows it elsewhere too and it isn't the name of a channel or a tag.
func (p *webPage) lastPart() string {
	parts := strings.FieldsFunc(p.title.suffix, isSeparator)
	if len(parts) == 0 {
		return ""
	}
	last := parts[len(parts)-1]
	n := utf8.RuneCountInString(last)
	isOther := channelName.MatchString(last) || genericTitle.MatchString(last) || slogan.MatchString(last) ||
		listTitle.MatchString(last) || p.keywords()[last]
	if n < minSiteName || n > maxSiteName || strings.IndexFunc(last, textnorm.IsHan) < 0 || isOther {
		return ""
	}
	for _, name := range []string{"author", "description", "apple-mobile-web-app-title"} {
		if strings.Contains(p.first(name), last) {
			return last
		}
	}
	for i := range p.lines {
		if l := &p.lines[i]; len(l.text) <= maxCreditLine && i != p.title.line && strings.Contains(l.text, last) &&
			(l.text == last && i < p.title.line || containsAny(l.text, "©", "版权", "版權", "opyright", "首页", "主办")) {
			return last
		}
	}
	return ""
}

// logo returns the name of the site in a heading above the headline.
func (p *webPage) logo() string {
	for i := range max(0, p.title.line) {
		l := &p.lines[i]
		isHead := l.node.DataAtom == atom.H1 || l.node.DataAtom == atom.H2
		if isHead && isSite(l.text) && strongName.MatchString(l.text) {
			return l.text
		}
	}
	return ""
}

// Bounds of a site's name that nothing else shows to be one, in characters.
const (
	minSiteName = 3
	maxSiteName = 10
)
