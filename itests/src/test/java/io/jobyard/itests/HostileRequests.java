// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import io.jobyard.itests.door.Door;
import java.util.ArrayList;
import java.util.List;

/** What those send who want to get at a servlet without being allowed to. Each line: what it is, the statuses it may have, its bytes. */
final class HostileRequests {

    /** One of them. */
    record Row(String name, List<Integer> allowed, String bytes) {}

    private static final String HOST = "Host: localhost\r\n";
    private static final String END = "\r\n";
    private static final String TOKEN = "Authorization: Bearer " + Door.TOKEN + "\r\n";
    /** Behind another request: it must never be served as one of its own. */
    private static final String SMUGGLED = "GET /canary/smuggled HTTP/1.1\r\n" + HOST + TOKEN + END;

    private final List<Row> rows = new ArrayList<>();
    private final String cookie;

    private HostileRequests(String cookie) {
        this.cookie = "Cookie: jobyard_session_80=" + cookie + "\r\n";
    }

    /** With the cookie of a session that is good. */
    static List<Row> all(String cookie) {
        HostileRequests all = new HostileRequests(cookie);
        all.withoutCredentials();
        all.fromOtherSites();
        all.byOtherNames();
        all.byOtherPaths();
        all.byOtherMethods();
        all.malformed();
        all.smuggled();
        all.tooLarge();
        return all.rows;
    }

    private void row(String name, int status, String bytes) {
        rows.add(new Row(name, List.of(status), bytes));
    }

    private static String get(String path, String... headers) {
        return "GET " + path + " HTTP/1.1\r\n" + HOST + String.join("", headers) + END;
    }

    private static String post(String... headers) {
        return "POST /canary HTTP/1.1\r\n" + HOST + "Content-Length: 0\r\n" + String.join("", headers) + END;
    }

    private void withoutCredentials() {
        String[] wrong = {
            "",
            "Authorization: Bearer wrong",
            "Authorization: Bearer",
            "Authorization: Bearer ",
            "Authorization: bearer " + Door.TOKEN + "x",
            "Authorization: Bearer " + Door.TOKEN.toUpperCase(java.util.Locale.ROOT),
            "Authorization: Bearer " + Door.TOKEN + " x",
            "Authorization: Bearer " + Door.TOKEN + ", Bearer x",
            "Authorization: " + Door.TOKEN,
            "Authorization: Basic YW5uOm9wZW4gc2VzYW1l",
            "Authorization: Token " + Door.TOKEN,
            "X-Authorization: Bearer " + Door.TOKEN,
            "Cookie: jobyard_session_80=wrong",
            "Cookie: jobyard_session_80=",
            "Cookie: JOBYARD_SESSION=session-1",
            "Cookie: __Host-jobyard_session_80=session-1",
            "Cookie: jobyard_session_80=session-1; jobyard_session_80=session-1",
            "io.jobyard.spi.access.Caller: administrator",
            "X-Remote-User: ann",
            "X-Forwarded-User: ann",
        };
        for (String header : wrong) {
            row("credentials " + header, 401, get("/canary", header.isEmpty() ? "" : header + "\r\n"));
        }
        row("token in the query", 401, get("/canary?token=" + Door.TOKEN + "&access_token=" + Door.TOKEN));
        row("wrong token beside a good cookie", 401, get("/canary", "Authorization: Bearer wrong\r\n", cookie));
        row("fixed session", 401, get("/canary", "Cookie: jobyard_session_80=chosen-by-me\r\n"));
        row("session in the path", 400, get("/canary;jobyard_session_80=session-1"));
        row("session in the query", 401, get("/canary?jobyard_session_80=session-1"));
        row("wrong one-time link", 401, get("/enter?once=wrong"));
        row("no one-time link", 401, get("/enter"));
    }

    private void fromOtherSites() {
        String[] wrong = {
            "Sec-Fetch-Site: cross-site",
            "Sec-Fetch-Site: same-site",
            "Sec-Fetch-Site: none",
            "Sec-Fetch-Site: ",
            "Sec-Fetch-Site: same-origin, cross-site",
            "Sec-Fetch-Site: cross-site\r\nOrigin: http://localhost",
            "Origin: http://evil.example",
            "Origin: null",
            "Origin: http://localhost.evil.example",
            "Origin: http://localhost:1",
            "Origin: http://localhost, http://evil.example",
            "Origin: file://localhost",
            "Referer: http://localhost/",
            "X-Requested-With: XMLHttpRequest",
        };
        for (String header : wrong) {
            row("post of another site, " + header, 403, post(cookie, header + "\r\n"));
        }
        row("get of another site", 403, get("/canary", cookie, "Sec-Fetch-Site: cross-site\r\n"));
        row("method by a header", 403, post(cookie, "X-HTTP-Method-Override: GET\r\n"));
        row(
                "sign-in of another site",
                403,
                "POST /sign-in HTTP/1.1\r\n" + HOST
                        + "Origin: http://evil.example\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 0\r\n\r\n");
        row(
                "sign-out of another site",
                403,
                "POST /sign-out HTTP/1.1\r\n" + HOST + cookie + "Content-Length: 0\r\n\r\n");
    }

    private void byOtherNames() {
        for (String host : new String[] {
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.nip.io",
            "localhost.",
            "10.0.0.1",
            "[::2]",
            "2130706433",
            "0",
        }) {
            row("host " + host, 421, "GET /canary HTTP/1.1\r\nHost: " + host + "\r\n" + TOKEN + END);
        }
        row("no host", 400, "GET /canary HTTP/1.1\r\n" + TOKEN + END);
        row("empty host", 400, "GET /canary HTTP/1.1\r\nHost:\r\n" + TOKEN + END);
        row("two hosts", 400, "GET /canary HTTP/1.1\r\n" + HOST + "Host: evil.example\r\n" + TOKEN + END);
        row("another host in the target", 400, "GET http://evil.example/canary HTTP/1.1\r\n" + HOST + TOKEN + END);
        row("user in the host", 400, "GET /canary HTTP/1.1\r\nHost: localhost@evil.example\r\n" + TOKEN + END);
        row(
                "forwarded host",
                421,
                "GET /canary HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: localhost\r\n" + TOKEN + END);
        row("HTTP/1.0 without host", 421, "GET /canary HTTP/1.0\r\n" + TOKEN + END);
    }

    private void byOtherPaths() {
        for (String path : new String[] {
            "//canary",
            "/livez//canary",
            "/livez/../canary",
            "/livez/..;/canary",
            "/livez/%2e%2e/canary",
            "/livez/%2E%2E/canary",
            "/livez/.%2e/canary",
            "/livez%2f..%2fcanary",
            "/livez%2Fcanary",
            "/console/../canary",
            "/console/..%2fcanary",
            "/console/%2e%2e%2fcanary",
            "/console/./../canary",
            "/console/..\\canary",
            "/console\\..\\canary",
            "/console/%5c..%5ccanary",
            "/console/%252e%252e/canary",
            "/console/%c0%ae%c0%ae/canary",
            "/console/%u002e%u002e/canary",
            "/console;/../canary",
            "/;/canary",
            "/canary;x=y",
            "/canary%3bx",
            "/canary%00",
            "/canary/%0d%0aX:1",
            "/%63anary/..",
            "/canary/..",
            "/.",
            "/console/.",
            "/canary/%7f",
            "/canary/%zz",
            "/canary/%",
        }) {
            row("path " + path, 400, get(path, TOKEN));
        }
        row("public prefix", 401, get("/livez/canary"));
        row("console's cousin", 401, get("/console-canary"));
        row("encoded letter without credentials", 401, get("/%63anary"));
        row("capital letters", 401, get("/LIVEZ"));
    }

    private void byOtherMethods() {
        for (String method : new String[] {"TRACE", "TRACK", "OPTIONS", "PROPFIND", "DEBUG", "PRI", "X"}) {
            rows.add(new Row(
                    "method " + method, List.of(400, 405), method + " /canary HTTP/1.1\r\n" + HOST + TOKEN + END));
        }
        row("connect", 405, "CONNECT localhost:80 HTTP/1.1\r\n" + HOST + TOKEN + END);
        row("options of all", 404, "OPTIONS * HTTP/1.1\r\n" + HOST + TOKEN + END);
    }

    private void malformed() {
        for (String bytes : new String[] {
            "GET\r\n\r\n",
            "GET /canary\r\n\r\n",
            "\0\0\0\0\r\n\r\n",
            "GET /canary HTTP/1.1 x\r\n" + HOST + TOKEN + END,
            "GET /canary HTTP/3.0\r\n" + HOST + TOKEN + END,
            "GET /canary HTTP/1.1\r\n" + HOST + "Bad Header: x\r\n" + TOKEN + END,
            "GET /canary HTTP/1.1\r\n" + HOST + "Name : x\r\n" + TOKEN + END,
            "GET /canary HTTP/1.1\r\n" + HOST + ": x\r\n" + TOKEN + END,
            "GET /canary HTTP/1.1\r\n" + HOST + "nocolon\r\n" + TOKEN + END,
            "GET /canary HTTP/1.1\r\n" + HOST + "X: a\0b\r\n" + TOKEN + END,
            "GET /canary HTTP/1.1\r\n" + HOST + "X: a\r\n folded\r\n" + TOKEN + END,
            "GET /canary HTTP/1.1\r\n" + " " + HOST + TOKEN + END,
            "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n",
        }) {
            rows.add(new Row("malformed " + bytes.replaceAll("[^\\x20-\\x7e]", "."), List.of(0, 400, 505), bytes));
        }
    }

    private void smuggled() {
        String post = "POST /canary HTTP/1.1\r\n" + HOST;
        String chunked = "Transfer-Encoding: chunked\r\n";
        String[][] ways = {
            {"CL.TE", post + "Content-Length: 4\r\n" + chunked + END + "0\r\n\r\n" + SMUGGLED},
            {"TE.CL", post + chunked + "Content-Length: 4\r\n" + END + "5c\r\n" + SMUGGLED + "\r\n0\r\n\r\n"},
            {"two lengths", post + "Content-Length: 0\r\nContent-Length: 50\r\n" + END + SMUGGLED},
            {"a list of lengths", post + "Content-Length: 0, 50\r\n" + END + SMUGGLED},
            {"negative length", post + "Content-Length: -1\r\n" + END + SMUGGLED},
            {"length with a sign", post + "Content-Length: +0\r\n" + END + SMUGGLED},
            {"length in hexadecimal", post + "Content-Length: 0x0\r\n" + END + SMUGGLED},
            {"length that overflows", post + "Content-Length: 18446744073709551616\r\n" + END + SMUGGLED},
            {"length without a number", post + "Content-Length:\r\n" + END + SMUGGLED},
            {"chunked twice", post + chunked + chunked + END + "0\r\n\r\n" + SMUGGLED},
            {"chunked not last", post + "Transfer-Encoding: chunked, identity\r\n" + END + "0\r\n\r\n" + SMUGGLED},
            {"chunked and unknown", post + "Transfer-Encoding: x, chunked, y\r\n" + END + "0\r\n\r\n" + SMUGGLED},
            {"unknown coding", post + "Transfer-Encoding: xchunked\r\n" + END + "0\r\n\r\n" + SMUGGLED},
            {"blank before the colon", post + "Transfer-Encoding : chunked\r\n" + END + "0\r\n\r\n" + SMUGGLED},
            {"folded coding", post + "Transfer-Encoding:\r\n chunked\r\n" + END + "0\r\n\r\n" + SMUGGLED},
            {"vertical tab in the coding", post + "Transfer-Encoding: \u000bchunked\r\n" + END + "0\r\n\r\n" + SMUGGLED
            },
            {"quoted coding", post + "Transfer-Encoding: \"chunked\"\r\n" + END + "0\r\n\r\n" + SMUGGLED},
            {"chunk size with a sign", post + TOKEN + chunked + END + "+0\r\n\r\n" + SMUGGLED},
            {"chunk size in 0x", post + TOKEN + chunked + END + "0x0\r\n\r\n" + SMUGGLED},
            {"chunk size that overflows", post + TOKEN + chunked + END + "100000000\r\n" + SMUGGLED},
            {"chunk size without digits", post + TOKEN + chunked + END + "\r\n" + SMUGGLED},
            {"chunk ended by LF", post + TOKEN + chunked + END + "0\n\n" + SMUGGLED},
            {
                "chunk extension with an open quote",
                post + chunked + END + "1;a=\"\r\nX\r\n0\r\n\r\n" + SMUGGLED + "\"\r\n0\r\n\r\n"
            },
            {"chunk extension with LF", post + TOKEN + chunked + END + "1;a\nX\r\n0\r\n\r\n" + SMUGGLED},
            {"coding in HTTP/1.0", "POST /canary HTTP/1.0\r\n" + HOST + chunked + END + "0\r\n\r\n" + SMUGGLED},
            {"request line by CR alone", "GET /livez HTTP/1.1\rX: y\r\n" + HOST + END + SMUGGLED},
            {
                "header by CR alone",
                "GET /livez HTTP/1.1\r\n" + HOST + "X: y\rTransfer-Encoding: chunked\r\n" + END + SMUGGLED
            },
        };
        for (String[] way : ways) {
            rows.add(new Row("smuggled by " + way[0], List.of(0, 400, 401, 501), way[1]));
        }
    }

    private void tooLarge() {
        row("long target", 414, get("/" + "a".repeat(20_000), TOKEN));
        row("large header", 431, get("/canary", "X: " + "a".repeat(20_000) + "\r\n", TOKEN));
        row("many headers", 431, get("/canary", "X: a\r\n".repeat(5_000), TOKEN));
        row("many cookies", 431, get("/canary", "Cookie: " + "a=b; ".repeat(5_000) + "\r\n"));
        row(
                "large body by its length",
                413,
                "POST /canary HTTP/1.1\r\n" + HOST + TOKEN + "Content-Length: 99999999999\r\n" + END);
        row(
                "large body without credentials",
                413,
                "POST /canary HTTP/1.1\r\n" + HOST + "Content-Length: 99999999999\r\n" + END);
        row(
                "large body in chunks",
                413,
                "POST /canary HTTP/1.1\r\n" + HOST + TOKEN + "Transfer-Encoding: chunked\r\n\r\n400\r\n"
                        + "x".repeat(1024) + "\r\n1\r\nx\r\n0\r\n\r\n");
        row(
                "large sign-in",
                413,
                "POST /sign-in HTTP/1.1\r\n" + HOST + "Content-Type: application/json\r\nContent-Length: 9000\r\n\r\n"
                        + "x".repeat(9_000));
    }
}
