package batch

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// written writes a list as line:query, with ! instead of a query that can't be read.
func written(list []Query) []string {
	out := make([]string, len(list))
	for i, q := range list {
		if q.Err != nil {
			q.Text = "!"
		}
		out[i] = fmt.Sprintf("%d:%s", q.Line, q.Text)
	}
	return out
}

func TestReadLists(t *testing.T) {
	gbk, err := simplifiedchinese.GB18030.NewEncoder().String("编号,关键词\r\n1,北约东扩\r\n2,欧盟\r\n")
	if err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct {
		read func(io.Reader) ([]Query, error)
		list string
		want []string
	}{
		"text":      {ReadText, "\ufeff北约\r\n\r\n  欧盟 \n\"北约东扩\"", []string{"1:北约", "3:欧盟", `4:"北约东扩"`}},
		"column":    {ReadCSV, "n,Query\n1,北约\n2,\n3,\"a \"\"b\"\"\"\n4\n", []string{"2:北约", `4:a "b"`}},
		"no header": {ReadCSV, "北约,x\n欧盟,y\n", []string{"1:北约", "2:欧盟"}},
		"lines":     {ReadCSV, "q\n\"北约\n东扩\"\n欧盟\n", []string{"2:北约\n东扩", "4:欧盟"}},
		"GB 18030":  {ReadCSV, gbk, []string{"2:北约东扩", "3:欧盟"}},
		"bad rows":  {ReadCSV, "q\n北约\n欧\"盟\n大桥\n\"渡口\n", []string{"2:北约", "3:!", "4:大桥", "5:!"}},
		"JSON":      {ReadJSON, `{"queries": ["北约", "", "欧盟"]}`, []string{"1:北约", "2:", "3:欧盟"}},
	} {
		list, err := tc.read(strings.NewReader(tc.list))
		if err != nil || !slices.Equal(written(list), tc.want) {
			t.Errorf("%s: %q, %v, want %q", name, written(list), err, tc.want)
		}
	}
}

func TestReadListsRefuses(t *testing.T) {
	for name, tc := range map[string]struct {
		read func(io.Reader) ([]Query, error)
		list string
	}{
		"empty":         {ReadText, " \n\n"},
		"only a header": {ReadCSV, "query\n"},
		"a list":        {ReadJSON, `["北约"]`},
		"other member":  {ReadJSON, `{"queries": ["北约"], "size": 1}`},
		"two objects":   {ReadJSON, `{"queries": ["北约"]} {}`},
		"cut":           {ReadJSON, `{"queries": ["北约"`},
		"no query":      {ReadJSON, `{}`},
		"too many":      {ReadText, strings.Repeat("北约\n", MaxQueries+1)},
		"too large":     {ReadText, strings.Repeat("北", MaxListBytes/3+1)},
		"binary":        {ReadText, "\x00\x01\x02\xff\xfe\x00\x89\x00"},
	} {
		_, err := tc.read(strings.NewReader(tc.list))
		if bad := (*ListError)(nil); !errors.As(err, &bad) || bad.Reason == "" {
			t.Errorf("%s: %v, want a ListError", name, err)
		}
	}
	if list, err := ReadText(strings.NewReader(strings.Repeat("北约\n", MaxQueries))); len(list) != MaxQueries {
		t.Errorf("%d queries, %v", len(list), err)
	}
}
