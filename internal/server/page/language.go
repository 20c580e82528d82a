package page

import (
	"net/http"
	"net/url"
	"time"

	"github.com/gin-gonic/gin"

	"xunwen/internal/server/param"
	"xunwen/internal/wording"
)

const (
	LanguagePath   = "/language"
	languageCookie = "language"
	languageAge    = 365 * 24 * time.Hour
)

// dictionary is the words of each language.
type dictionary map[wording.Language]*wording.Words

func readDictionary() dictionary {
	d := dictionary{}
	for _, l := range wording.Languages {
		d[l] = wording.In(l)
	}
	return d
}

// of are the words for the reader who sent a request: in the language that they
// chose, else in the one that their browser prefers.
func (d dictionary) of(r *http.Request) *wording.Words {
	if kept, err := r.Cookie(languageCookie); err == nil {
		if l, ok := wording.Known(kept.Value); ok {
			return d[l]
		}
	}
	return d[wording.Preferred(r.Header.Get("Accept-Language"))]
}

// VaryHeader are the headers by which a page reads differently.
const VaryHeader = "Accept-Language, Cookie"

// switchTo is the address that keeps a language and leads back to the page that
// was asked for.
func switchTo(l wording.Language, r *http.Request) string {
	return LanguagePath + "?to=" + url.QueryEscape(string(l)) + "&back=" + url.QueryEscape(r.URL.RequestURI())
}

// serveLanguage answers /language: it keeps a choice in a cookie and leads back.
func (s *Site) serveLanguage(c *gin.Context) error {
	values, err := param.Values(c)
	if err != nil {
		return err
	}
	to, err := param.OneOf("to", values.Get("to"), wording.Languages...)
	if err != nil {
		return err
	}
	http.SetCookie(c.Writer, &http.Cookie{Name: languageCookie, Value: string(to), Path: "/", MaxAge: int(languageAge.Seconds()),
		SameSite: http.SameSiteLaxMode, HttpOnly: true, Secure: s.proxies.Encrypted(c.Request)})
	c.Redirect(http.StatusSeeOther, param.LocalAddress(values.Get("back")))
	return nil
}
