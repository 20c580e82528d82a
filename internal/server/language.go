package server

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"xunwen/internal/wording"
)

const (
	languagePath   = "/language"
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

// variesBy are the headers by which a page reads differently.
const variesBy = "Accept-Language, Cookie"

// switchTo is the address that keeps a language and leads back to the page that
// was asked for.
func switchTo(l wording.Language, r *http.Request) string {
	return languagePath + "?to=" + url.QueryEscape(string(l)) + "&back=" + url.QueryEscape(r.URL.RequestURI())
}

// language answers /language: it keeps a choice in a cookie and leads back.
func (s *server) language(c *gin.Context) error {
	values, err := parameters(c)
	if err != nil {
		return err
	}
	to, err := oneOf("to", values.Get("to"), wording.Languages...)
	if err != nil {
		return err
	}
	http.SetCookie(c.Writer, &http.Cookie{Name: languageCookie, Value: string(to), Path: "/", MaxAge: int(languageAge.Seconds()),
		SameSite: http.SameSiteLaxMode, HttpOnly: true, Secure: s.encrypted(c.Request)})
	c.Redirect(http.StatusSeeOther, localAddress(values.Get("back")))
	return nil
}

// localAddress lets through an address of this server, and is the first page's
// for any other. Browsers read \ as / and leave out control characters.
func localAddress(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(address, "/") ||
		strings.HasPrefix(address, "//") || strings.ContainsAny(address, "\\\t\r\n") {
		return "/"
	}
	return u.String()
}
