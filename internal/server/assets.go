package server

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"net/http"
	"path"
	"strings"

	"github.com/gin-gonic/gin"

	"xunwen/web"
)

// assetAge lets a browser keep an asset for good: its name changes with its
// content.
const assetAge = "public, max-age=31536000, immutable"

// assets are the static files by the name under which they are served, which
// holds a hash of the content.
type assets struct {
	files map[string]assetFile
	CSS   string // addresses, for the templates
	JS    string
	Icon  string
}

type assetFile struct {
	contentType string
	body        []byte
}

// readAssets reads the embedded files. They were there at compile time, so a
// failure is a mistake in this program.
func readAssets() assets {
	a := assets{files: map[string]assetFile{}}
	a.CSS = a.add("app.css", "text/css; charset=utf-8")
	a.JS = a.add("app.js", "text/javascript; charset=utf-8")
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

func (s *server) asset(c *gin.Context) error {
	f, ok := s.assets.files[c.Param("name")]
	if !ok {
		return errNoPath
	}
	c.Header("Cache-Control", assetAge)
	c.Data(http.StatusOK, f.contentType, f.body)
	return nil
}
