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

// apiDocument is the part of the OpenAPI document that the page shows.
type apiDocument struct {
	Info  struct{ Description string }
	Paths map[string]map[string]apiOperation // by method, in lower case

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
	Method, Path, Anchor, Words string

	Summary    string // in English, if Words is Chinese
	Parameters []apiField
	Answers    []apiAnswer
}

type apiField struct {
	Name     string
	Type     []apiPiece
	Optional bool
	Words    string
}

// apiPiece is a part of a type, with a link to its description or "".
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

// readAPIDocument parses the embedded description. It panics if that is invalid,
// which tests would have found.
func readAPIDocument() apiDocument {
	var doc apiDocument
	if err := json.Unmarshal(web.OpenAPI, &doc); err != nil {
		panic("server: the embedded description of the API: " + err.Error())
	}
	return doc
}

// resolve returns the enum that a schema refers to, so that the page shows its
// values in place of its name. It returns other schemas unchanged.
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
		for method, op := range item {
			p.Routes = append(p.Routes, newAPIRoute(f.W.Language, doc, method, path, op))
		}
	}
	slices.SortFunc(p.Routes, func(a, b apiRoute) int {
		return cmp.Or(cmp.Compare(routeOrder(a.Path), routeOrder(b.Path)), strings.Compare(a.Path, b.Path),
			strings.Compare(a.Method, b.Method))
	})
	for name, schema := range doc.Components.Schemas {
		if len(schema.Enum) > 0 {
			continue // the page shows its values where it is used
		}
		p.Schemas = append(p.Schemas, newAPIType(doc, name, schema))
	}
	slices.SortFunc(p.Schemas, func(a, b apiType) int { return strings.Compare(a.Name, b.Name) })
	return p
}

func newAPIRoute(language wording.Language, doc apiDocument, method, path string, op apiOperation) apiRoute {
	r := apiRoute{
		Method:  strings.ToUpper(method),
		Path:    path,
		Anchor:  method + strings.NewReplacer("/", "-", "{", "", "}", "").Replace(path),
		Words:   op.Chinese,
		Summary: op.Summary,
		Answers: answersOf(doc, op),
	}
	if language == wording.English {
		r.Words, r.Summary = op.Summary, ""
	}
	for _, param := range op.Parameters {
		if param.Ref != "" {
			param = doc.Components.Parameters[lastPart(param.Ref)]
		}
		r.Parameters = append(r.Parameters, apiField{
			Name:     param.Name,
			Type:     doc.resolve(param.Schema).pieces(),
			Optional: !param.Required,
			Words:    param.Description,
		})
	}
	return r
}

// newAPIType returns a schema with its members: required ones in the schema's order,
// then optional ones by name.
func newAPIType(doc apiDocument, name string, schema apiSchema) apiType {
	t := apiType{Name: name, Anchor: typeAnchor(name), Words: schema.Description}
	for member, m := range schema.Properties {
		t.Members = append(t.Members, apiField{
			Name:     member,
			Type:     doc.resolve(m).pieces(),
			Optional: !slices.Contains(schema.Required, member),
			Words:    m.Description,
		})
	}
	order := func(f apiField) int {
		if f.Optional {
			return len(schema.Required)
		}
		return slices.Index(schema.Required, f.Name)
	}
	slices.SortFunc(t.Members, func(a, b apiField) int {
		return cmp.Or(cmp.Compare(order(a), order(b)), strings.Compare(a.Name, b.Name))
	})
	return t
}

// routeOrder puts routes for programs before pages.
func routeOrder(path string) int {
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

// pieces describes a type: Hit[], date, integer 1–100, a | b.
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
	case s.Items != nil && len(s.Items.Enum) > 0:
		return word("(" + strings.Join(s.Items.Enum, " | ") + ")[]")
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
		slices.SortFunc(names, func(a, b string) int {
			return cmp.Compare(slices.Index(s.Required, a), slices.Index(s.Required, b))
		})
		return word("{" + strings.Join(names, ", ") + "}")
	case s.Minimum != nil && s.Maximum != nil:
		return word(s.Type + " " + number(*s.Minimum) + "–" + number(*s.Maximum))
	}
	return word(cmp.Or(s.Format, s.Type))
}

func number(n float64) string { return strconv.FormatFloat(n, 'g', -1, 64) }
