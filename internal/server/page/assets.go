package page

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"net/http"
	"path"
	"strings"

	"github.com/gin-gonic/gin"

	"xunwen/internal/server/problem"
	"xunwen/web"
)

// assetCacheControl lets browsers keep an asset for good: its name changes with its
// content.
const assetCacheControl = "public, max-age=31536000, immutable"

// StaticRoute is the route of the static files.
const StaticRoute = "/static/:name"

// assets holds the static files by the name under which they are served, which
// contains a hash of the content.
type assets struct {
	files map[string]assetFile

	// Addresses, for the templates.
	Icon    string
	Theme   string            // the script that runs before the page is drawn
	scripts map[string]string // of the deferred scripts, by name
	styles  map[string]string
}

type assetFile struct {
	contentType string
	body        []byte
}

const (
	scriptType = "text/javascript; charset=utf-8"
	styleType  = "text/css; charset=utf-8"
)

// scriptsOf returns the addresses of scripts by their names.
func (a *assets) scriptsOf(names ...string) []string { return addresses(a.scripts, names) }

// stylesOf returns the addresses of style sheets by their names.
func (a *assets) stylesOf(names ...string) []string { return addresses(a.styles, names) }

func addresses(of map[string]string, names []string) []string {
	out := make([]string, len(names))
	for i, name := range names {
		out[i] = of[name]
	}
	return out
}

// readAssets reads the embedded files. It panics if one is missing, which tests
// would have found.
func readAssets() assets {
	a := assets{files: map[string]assetFile{}, scripts: map[string]string{}, styles: map[string]string{}}
	for _, name := range []string{"app", "paper", "article", "compare", "context", "versions"} {
		a.styles[name] = a.add(name+".css", styleType)
	}
	a.Theme = a.add("theme.js", scriptType)
	for _, name := range []string{"article", "box", "complete", "live", "chart", "session"} {
		a.scripts[name] = a.add(name+".js", scriptType)
	}
	a.Icon = a.add("icon.svg", "image/svg+xml")
	return a
}

func (a *assets) add(name, contentType string) string {
	body, err := fs.ReadFile(web.Files, "static/"+name)
	if err != nil {
		panic("server: embedded file: " + err.Error())
	}
	sum := sha256.Sum256(body)
	ext := path.Ext(name)
	served := strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:6]) + ext
	a.files[served] = assetFile{contentType, body}
	return "/static/" + served
}

func (s *Site) serveAsset(c *gin.Context) error {
	f, ok := s.assets.files[c.Param("name")]
	if !ok {
		return problem.ErrNoPath
	}
	c.Header("Cache-Control", assetCacheControl)
	c.Data(http.StatusOK, f.contentType, f.body)
	return nil
}
