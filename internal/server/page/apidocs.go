package page

import (
	"cmp"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"xunwen/internal/wording"
	"xunwen/web"
)

// apiDocument is what the page shows of the description.
type apiDocument struct {
	Info  struct{ Description string }
	Paths map[string]struct{ Get apiOperation }

	Components struct {
		Parameters map[string]apiParameter
		Responses  map[string]apiResponse
		Schemas    map[string]apiSchema
	}
}

type apiOperation struct {
	Summary    string
	Chinese    string `json:"x-zh"`
	Parameters []apiParameter
	Responses  map[string]apiResponse
}

type apiParameter struct {
	Ref         string `json:"$ref"`
	Name        string
	Description string
	Required    bool
	Schema      apiSchema
}

type apiResponse struct {
	Ref         string `json:"$ref"`
	Description string
	Content     map[string]struct{ Schema apiSchema }
}

type apiSchema struct {
	Ref         string `json:"$ref"`
	Type        string
	Format      string
	Description string
	Enum        []string
	Const       string
	Minimum     *float64
	Maximum     *float64
	Items       *apiSchema
	OneOf       []apiSchema
	Required    []string
	Properties  map[string]apiSchema
}

// apiPage is /docs/api.
type apiPage struct {
	frame
	About   string
	Routes  []apiRoute
	Schemas []apiType
}

type apiRoute struct {
	Path, Anchor, Words string
	Summary             string // in English beside Chinese words, "" else
	Parameters          []apiField
	Answers             []apiAnswer
}

type apiField struct {
	Name     string
	Type     []apiPiece
	Optional bool
	Words    string
}

// apiPiece is a part of a type's name, with a link where that is described.
type apiPiece struct{ Text, Link string }

type apiAnswer struct {
	Status, Words string
	Types         []apiMedia
}

type apiMedia struct {
	Media string
	Type  []apiPiece
}

type apiType struct {
	Name, Anchor, Words string
	Members             []apiField
}

// readAPIDocument reads the embedded description. It is a test's input, too, so a
// failure is a mistake in this program.
func readAPIDocument() apiDocument {
	var doc apiDocument
	if err := json.Unmarshal(web.OpenAPI, &doc); err != nil {
		panic("server: the embedded description of the API: " + err.Error())
	}
	return doc
}

// resolve returns the schema that a reference to an enum stands for: the values
// are shown in its place. Other schemas are returned as they are.
func (d apiDocument) resolve(s apiSchema) apiSchema {
	if named := d.Components.Schemas[lastPart(s.Ref)]; len(named.Enum) > 0 {
		return named
	}
	if s.Items != nil {
		items := d.resolve(*s.Items)
		s.Items = &items
	}
	return s
}

// serveAPIDocs answers /docs/api.
func (s *Site) serveAPIDocs(c *gin.Context) error {
	w := s.words.of(c.Request)
	page := newAPIPage(s.paperFrame(c.Request, w.Title(w.API.Title), w.API.About), s.description)
	return s.writePage(c, http.StatusOK, "api", page)
}

func newAPIPage(f frame, doc apiDocument) apiPage {
	p := apiPage{frame: f, About: doc.Info.Description}
	for path, item := range doc.Paths {
		op := item.Get
		r := apiRoute{Path: path, Anchor: "get" + strings.NewReplacer("/", "-", "{", "", "}", "").Replace(path), Words: op.Chinese, Summary: op.Summary}
		if f.W.Language == wording.English {
			r.Words, r.Summary = op.Summary, ""
		}
		for _, param := range op.Parameters {
			if param.Ref != "" {
				param = doc.Components.Parameters[lastPart(param.Ref)]
			}
			r.Parameters = append(r.Parameters, apiField{param.Name, doc.resolve(param.Schema).pieces(), !param.Required, param.Description})
		}
		r.Answers = answersOf(doc, op)
		p.Routes = append(p.Routes, r)
	}
	slices.SortFunc(p.Routes, func(a, b apiRoute) int {
		return cmp.Or(cmp.Compare(placeOf(a.Path), placeOf(b.Path)), strings.Compare(a.Path, b.Path))
	})
	for name, schema := range doc.Components.Schemas {
		if len(schema.Enum) > 0 {
			continue // its values are shown where it is used
		}
		t := apiType{Name: name, Anchor: typeAnchor(name), Words: schema.Description}
		for member, m := range schema.Properties {
			t.Members = append(t.Members, apiField{member, doc.resolve(m).pieces(), !slices.Contains(schema.Required, member), m.Description})
		}
		order := func(f apiField) int { return slices.Index(schema.Required, f.Name) & (1<<16 - 1) } // optional ones last
		slices.SortFunc(t.Members, func(a, b apiField) int {
			return cmp.Or(cmp.Compare(order(a), order(b)), strings.Compare(a.Name, b.Name))
		})
		p.Schemas = append(p.Schemas, t)
	}
	slices.SortFunc(p.Schemas, func(a, b apiType) int { return strings.Compare(a.Name, b.Name) })
	return p
}

// placeOf puts what programs ask for before what people look at.
func placeOf(path string) int {
	switch {
	case strings.HasPrefix(path, "/api/"):
		return 0
	case strings.Contains(path, "."):
		return 1
	case strings.HasSuffix(path, "z"):
		return 2
	}
	return 3
}

func answersOf(doc apiDocument, op apiOperation) []apiAnswer {
	var out []apiAnswer
	for status, r := range op.Responses {
		if r.Ref != "" {
			r = doc.Components.Responses[lastPart(r.Ref)]
		}
		a := apiAnswer{Status: status, Words: r.Description}
		for media, c := range r.Content {
			a.Types = append(a.Types, apiMedia{media, c.Schema.pieces()})
		}
		slices.SortFunc(a.Types, func(a, b apiMedia) int { return strings.Compare(a.Media, b.Media) })
		out = append(out, a)
	}
	slices.SortFunc(out, func(a, b apiAnswer) int { return strings.Compare(a.Status, b.Status) })
	return out
}

func lastPart(ref string) string { return ref[strings.LastIndex(ref, "/")+1:] }

func typeAnchor(name string) string { return "type-" + name }

// pieces names a type: Hit[], day, 1 to 100, a | b.
func (s apiSchema) pieces() []apiPiece {
	word := func(text string) []apiPiece { return []apiPiece{{Text: text}} }
	switch {
	case s.Ref != "":
		name := lastPart(s.Ref)
		return []apiPiece{{name, "#" + typeAnchor(name)}}
	case len(s.OneOf) > 0:
		var out []apiPiece
		for i, one := range s.OneOf {
			if i > 0 {
				out = append(out, apiPiece{Text: " | "})
			}
			out = append(out, one.pieces()...)
		}
		return out
	case s.Items != nil:
		return append(s.Items.pieces(), apiPiece{Text: "[]"})
	case len(s.Enum) > 0:
		return word(strings.Join(s.Enum, " | "))
	case s.Const != "":
		return word(s.Const)
	case s.Type == "object" && len(s.Properties) > 0:
		var names []string
		for name := range s.Properties {
			names = append(names, name)
		}
		slices.SortFunc(names, func(a, b string) int { return cmp.Compare(slices.Index(s.Required, a), slices.Index(s.Required, b)) })
		return word("{" + strings.Join(names, ", ") + "}")
	case s.Minimum != nil && s.Maximum != nil:
		return word(s.Type + " " + number(*s.Minimum) + "–" + number(*s.Maximum))
	}
	return word(cmp.Or(s.Format, s.Type))
}

func number(n float64) string { return strconv.FormatFloat(n, 'g', -1, 64) }
