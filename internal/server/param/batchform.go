package param

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/url"
	"path"
	"strings"

	"xunwen/internal/batch"
)

// The fields of a form for a batch that hold the list.
const (
	QueriesField = "queries" // pasted
	ListField    = "list"    // a file
)

// readForm reads the list of a form, and its other fields. A file counts before what is pasted.
func readForm(r *http.Request) ([]batch.Query, url.Values, error) {
	err := r.ParseForm() // whose error ParseMultipartForm doesn't return
	if err == nil {
		err = r.ParseMultipartForm(batch.MaxListBytes)
	}
	if err != nil && !errors.Is(err, http.ErrNotMultipart) {
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			return nil, nil, err
		}
		return nil, nil, &batch.ListError{Reason: "the form can't be parsed"}
	}
	if r.MultipartForm != nil {
		defer r.MultipartForm.RemoveAll() // temporary files, which the system would remove otherwise
	}
	more := url.Values{}
	for name, v := range r.PostForm {
		if name != QueriesField && name != ListField { // which is a field if no file was chosen
			more[name] = v
		}
	}
	list, found, err := readFile(r)
	if found || err != nil {
		return list, more, err
	}
	list, err = batch.ReadText(strings.NewReader(r.PostForm.Get(QueriesField)))
	return list, more, err
}

// readFile reads the file of a form, if it has one.
func readFile(r *http.Request) (list []batch.Query, found bool, err error) {
	file, header, err := r.FormFile(ListField)
	if err != nil || header.Size == 0 {
		return nil, false, nil
	}
	defer file.Close() // read only
	content, err := io.ReadAll(file)
	if err != nil {
		return nil, true, err
	}
	read := batch.ReadText
	if strings.EqualFold(path.Ext(header.Filename), ".csv") {
		read = batch.ReadCSV
	}
	list, err = read(bytes.NewReader(content))
	return list, true, err
}
