// SPDX-License-Identifier: Apache-2.0
package io.jobyard.console;

import java.nio.charset.StandardCharsets;

/** Page of the console, and its content security policy: only the files of this version and this host's answers. */
final class ConsolePage {

    private static final String IMPORTS = """
            {"imports": {\
            "lit": "ROOTlit/index.js", \
            "lit-html": "ROOTlit-html/lit-html.js", \
            "lit-html/": "ROOTlit-html/", \
            "lit-element/": "ROOTlit-element/", \
            "@lit/reactive-element": "ROOTreactive-element/reactive-element.js"}}""";

    private static final String HTML = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <title>Jobyard</title>
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <link rel="icon" href="ROOTicon.svg">
            <link rel="stylesheet" href="ROOTconsole.css">
            <script type="importmap">IMPORTS</script>
            PRELOADS<script type="module" src="ROOTconsole.js"></script>
            </head>
            <body>
            <noscript>The console needs JavaScript. Without it, bin/jobyard and the API do the same.</noscript>
            <jobyard-console></jobyard-console>
            </body>
            </html>
            """;

    private final byte[] html;
    private final String policy;

    ConsolePage(ConsoleFiles files) {
        String imports = IMPORTS.replace("ROOT", files.root());
        StringBuilder preloads = new StringBuilder();
        for (String path : files.paths()) {
            if (path.endsWith(".js")) {
                preloads.append("<link rel=\"modulepreload\" href=\"ROOT")
                        .append(path)
                        .append("\">\n");
            }
        }
        html = HTML.replace("PRELOADS", preloads)
                .replace("ROOT", files.root())
                .replace("IMPORTS", imports)
                .getBytes(StandardCharsets.UTF_8);
        policy = "default-src 'none'; script-src 'self' 'sha256-"
                + new Digest().add(imports.getBytes(StandardCharsets.UTF_8)).base64()
                + "'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none';"
                + " frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types lit-html";
    }

    byte[] html() {
        return html.clone();
    }

    String policy() {
        return policy;
    }
}
