package e2e

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"
)

// openAPI fetches the API description of a server.
func openAPI(t *testing.T, address string) (*openapi3.T, routers.Router) {
	t.Helper()
	_, body := fetch(t, address+"/openapi.json")
	doc, err := openapi3.NewLoader().LoadFromData([]byte(body))
	if err != nil {
		t.Fatal(err)
	}
	if err := doc.Validate(t.Context()); err != nil {
		t.Fatalf("the description is not OpenAPI %s: %v", doc.OpenAPI, err)
	}
	router, err := gorillamux.NewRouter(doc)
	if err != nil {
		t.Fatal(err)
	}
	return doc, router
}

// checkAnswer sends a request and validates the answer. It returns the documented
// path, or "" if there is none, and the status.
func checkAnswer(t *testing.T, router routers.Router, address string) (described string, status int) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return validate(t, router, resp, body), resp.StatusCode
}

// validate checks an answer against the API description: its status, its type and
// every member; and a request that is answered must be a valid one. It returns the
// documented path, or "" if there is none.
func validate(t *testing.T, router routers.Router, resp *http.Response, body []byte) (described string) {
	t.Helper()
	req := resp.Request
	route, params, err := router.FindRoute(req)
	if err != nil {
		return ""
	}
	input := &openapi3filter.RequestValidationInput{Request: req, PathParams: params, Route: route,
		QueryParams: given(req.URL.Query()),
		Options: &openapi3filter.Options{IncludeResponseStatus: true, MultiError: true,
			AuthenticationFunc: openapi3filter.NoopAuthenticationFunc}}
	if resp.StatusCode == http.StatusOK && strings.HasPrefix(route.Path, "/api/") {
		if err := openapi3filter.ValidateRequest(t.Context(), input); err != nil {
			t.Errorf("%s is answered, but the request is not valid: %v", req.URL, err)
		}
	}
	answer := &openapi3filter.ResponseValidationInput{RequestValidationInput: input, Status: resp.StatusCode,
		Header: resp.Header,
		Body:   io.NopCloser(bytes.NewReader(body)), Options: input.Options}
	kind, _, _ := strings.Cut(resp.Header.Get("Content-Type"), ";")
	if !strings.HasSuffix(kind, "json") {
		answer.Options = &openapi3filter.Options{IncludeResponseStatus: true, ExcludeResponseBody: true}
		if !describes(route.Operation, resp.StatusCode, kind) {
			t.Errorf("%s answers %d with %s, which is not documented", req.URL, resp.StatusCode, kind)
		}
	}
	if err := openapi3filter.ValidateResponse(t.Context(), answer); err != nil {
		t.Errorf("%s has an undocumented answer: %v", req.URL, err)
	}
	return route.Path
}

// describes reports whether an operation documents a status with a content type.
func describes(op *openapi3.Operation, status int, kind string) bool {
	r := op.Responses.Status(status)
	return r != nil && r.Value.Content[kind] != nil
}

// given removes parameters that are empty or blank, which mean the same as absent.
func given(values url.Values) url.Values {
	out := url.Values{}
	for name, list := range values {
		for _, v := range list {
			if strings.TrimSpace(v) != "" {
				out.Add(name, v)
			}
		}
	}
	return out
}
