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
	languageAge    = 365 * 24 * time.Hour // a choice is forgotten after a year
)

// dictionary holds the words of each language.
type dictionary map[wording.Language]*wording.Words

func readDictionary() dictionary {
	d := dictionary{}
	for _, l := range wording.Languages {
		d[l] = wording.In(l)
	}
	return d
}

// of returns the words for the sender of a request: in the language that the
// reader chose, else in the one that the browser prefers.
func (d dictionary) of(r *http.Request) *wording.Words {
	if cookie, err := r.Cookie(languageCookie); err == nil {
		if l, ok := wording.Known(cookie.Value); ok {
			return d[l]
		}
	}
	return d[wording.Preferred(r.Header.Get("Accept-Language"))]
}

// VaryHeader lists the request headers that a page depends on.
const VaryHeader = "Accept-Language, Cookie"

// switchTo returns the address that sets a language and redirects to another.
func switchTo(l wording.Language, back string) string {
	return LanguagePath + "?to=" + url.QueryEscape(string(l)) + "&back=" + url.QueryEscape(back)
}

// serveLanguage answers /language: it stores the choice in a cookie and redirects back.
func (s *Site) serveLanguage(c *gin.Context) error {
	values, err := param.Values(c)
	if err != nil {
		return err
	}
	to, err := param.OneOf("to", values.Get("to"), wording.Languages...)
	if err != nil {
		return err
	}
	http.SetCookie(c.Writer, &http.Cookie{
		Name:     languageCookie,
		Value:    string(to),
		Path:     "/",
		MaxAge:   int(languageAge.Seconds()),
		SameSite: http.SameSiteLaxMode,
		HttpOnly: true,
		Secure:   s.front.Encrypted(c.Request),
	})
	c.Redirect(http.StatusSeeOther, param.LocalAddress(values.Get("back")))
	return nil
}
