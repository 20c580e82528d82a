package cluster

import (
	"errors"
	"strings"
	"testing"

	"github.com/spf13/pflag"

	"xunwen/internal/cli"
)

func TestCheck(t *testing.T) {
	t.Parallel()
	const remote = "--engine opensearch --url http://search-1:9200 "
	for args, want := range map[string]string{
		"":                                     "",
		remote:                                 "",
		remote + "--url https://search-2:9200": "",
		remote + "--name news_2-b":             "",
		remote + "--name News":                 `--name "News": want small letters`,
		"--engine opensearch":                  "needs --url",
		"--engine elastic":                     `--engine "elastic": want bleve or opensearch`,
		"--url http://search-1:9200":           "no effect without --engine opensearch",
		"--engine opensearch --url search-1:9200":                  "want http:// or https://",
		"--engine opensearch --url ftp://search-1":                 "want http:// or https://",
		"--engine opensearch --url http://me:secret@search-1:9200": "without a user",
	} {
		var f Flags
		flags := pflag.NewFlagSet("test", pflag.ContinueOnError)
		f.Register(flags)
		if err := flags.Parse(strings.Fields(args)); err != nil {
			t.Fatal(err)
		}
		err := f.Check()
		switch {
		case want == "" && err != nil, want != "" && (err == nil || !strings.Contains(err.Error(), want)):
			t.Errorf("%s: %v, want %q", args, err, want)
		case err != nil && strings.Contains(err.Error(), "secret"):
			t.Errorf("%s: the error has the password: %v", args, err)
		}
		var usage *cli.UsageError
		if err != nil && !errors.As(err, &usage) {
			t.Errorf("%s: %T is no wrong usage", args, err)
		}
	}
}
