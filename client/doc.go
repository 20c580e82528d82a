// Package client searches an archive that searchd serves, by its JSON API.
//
//	c, err := client.New("https://news.example.org", client.WithKey(key))
//	…
//	for hit, err := range c.Hits(ctx, client.SearchRequest{Q: "青禾大桥"}) {
//		if err != nil {
//			return err
//		}
//		fmt.Println(hit.Date, hit.Publication, hit.Title)
//	}
//
// A client repeats requests that the server has no time for, after as long as the server says. Other
// answers but success are a *Problem. The structs have the names and members of /openapi.json.
//
// It imports nothing of this module. Read client.go first.
package client
