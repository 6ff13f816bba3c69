// SPDX-License-Identifier: Apache-2.0
package io.jobyard.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Rules for paths: valid ones, and those that need no sign-in. */
final class WebPaths {

    static final String ENTER = "/enter";
    static final String SIGN_IN = "/sign-in";
    static final String SIGN_OUT = "/sign-out";
    static final String LIVE = "/livez";
    static final String READY = "/readyz";
    static final String METRICS = "/metrics";
    static final String ROOT = "/";
    static final String CONSOLE = "/console";

    private static final String API = "/api/v1";

    /** Prefix of callback paths. The token after it is the only credential that an answer needs. */
    private static final String CALLBACKS = API + "/callbacks/";

    static final String MCP = "/mcp";

    private static final String OPEN_API = "/openapi.json";
    private static final Set<String> STREAMS = Set.of("/events", "/live");

    private static final List<String> READ = List.of("GET", "HEAD");
    private static final List<String> SENT = List.of("POST");
    private static final Map<String, List<String>> METHODS = Map.of(
            ROOT, READ, CONSOLE, READ, ENTER, READ, LIVE, READ, READY, READ, METRICS, READ, //
            SIGN_IN, SENT, SIGN_OUT, SENT, MCP, SENT);
    /** Methods permitted for servlets of other bundles; excludes those that reveal how a request arrives. */
    private static final List<String> ANY_METHOD = List.of("DELETE", "GET", "HEAD", "PATCH", "POST", "PUT");

    private static final Set<String> PUBLIC = Set.of(ROOT, CONSOLE, ENTER, SIGN_IN, LIVE, READY);

    /** Path forms that programs interpret differently. */
    private static final Pattern TRICKS =
            Pattern.compile("//|[;\\\\\\p{Cntrl}]|%2[ef]|%5c|%3b|%0|%1|%7f|%25|%u|/\\.{1,2}(/|$)|[^\\x21-\\x7e]");

    private WebPaths() {}

    /** Returns whether a path is a health check, which is answered even when no other path is. */
    static boolean isHealth(String raw) {
        return raw.equals(LIVE) || raw.equals(READY);
    }

    static boolean isGood(String raw) {
        return raw.startsWith("/")
                && !TRICKS.matcher(raw.toLowerCase(Locale.ROOT)).find();
    }

    static boolean isPublic(String good) {
        return PUBLIC.contains(good) || good.startsWith(CONSOLE + "/") || isCallback(good);
    }

    static boolean isCallback(String good) {
        return good.startsWith(CALLBACKS);
    }

    /** Returns whether the servlet gets the caller's identity even where no sign-in is required. */
    static boolean tellsCaller(String good) {
        return good.equals(ROOT) || isCallback(good);
    }

    /** Returns whether the servlet reports its methods and refuses others itself. */
    static boolean tellsMethods(String good) {
        return good.startsWith(API + "/") || good.equals(API) || STREAMS.contains(good) || good.equals(OPEN_API);
    }

    /** Returns the methods let through to a servlet that does not report them itself. */
    static List<String> methods(String good) {
        return good.startsWith(CONSOLE + "/") ? READ : METHODS.getOrDefault(good, ANY_METHOD);
    }

    /** Returns whether the path is an event stream, whatever the request accepts. */
    static boolean isStream(String raw) {
        return STREAMS.contains(raw);
    }

    /** Returns whether the path cannot be answered without the sign-in service. */
    static boolean needsSignIn(String good) {
        return good.equals(ENTER) || good.equals(SIGN_IN) || good.equals(ROOT) || !isPublic(good);
    }
}
