// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import io.jobyard.spi.error.ErrorCode;
import io.jobyard.spi.text.Spelling;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Command line for a remote host. Only these options belong to the launcher.
 *
 * @param url the host's address; empty if not given
 * @param tokenFile the file with the token for the host; null if not given
 * @param plainHttp whether the token may be sent over an unencrypted network connection
 * @param words the command's name, without its scope, and its arguments
 */
record RemoteLine(String url, @Nullable Path tokenFile, boolean plainHttp, List<String> words) {

    static final String USAGE = """
            Usage: jobyard --url URL [--token-file FILE] [--plain-http] COMMAND
            Run a command on a remote host over HTTP.
              --url URL          The host's address, for example https://jobs.example.org. Default: $JOBYARD_URL.
              --token-file FILE  File with your token, readable only by you. Default: $JOBYARD_TOKEN_FILE.
              --plain-http       Send the token even over an unencrypted network connection.
            """;

    private static final String URL = "--url";
    private static final String TOKEN_FILE = "--token-file";
    private static final String PLAIN_HTTP = "--plain-http";

    /**
     * Returns the line if it is for a remote host: with {@code --url}, or with {@code JOBYARD_URL} unless an instance
     * is given. Otherwise returns null.
     */
    static @Nullable RemoteLine of(Program program, List<String> typed, Map<String, String> environment) {
        List<String> before = typed.contains("--") ? typed.subList(0, typed.indexOf("--")) : typed;
        boolean isNamed = before.stream().anyMatch(word -> word.equals(URL) || word.startsWith(URL + "="));
        String url = environment.getOrDefault("JOBYARD_URL", "").strip();
        if (!isNamed && (url.isEmpty() || typed.isEmpty() || !isForOthers(program, before))) {
            return null;
        }
        String file = environment.getOrDefault("JOBYARD_TOKEN_FILE", "");
        return read(typed, url, file.isBlank() ? null : Path.of(file));
    }

    private static boolean isForOthers(Program program, List<String> typed) {
        boolean isHere = typed.stream().anyMatch(word -> word.equals("--instance") || word.startsWith("--instance="));
        String word = typed.isEmpty() ? "" : plain(typed.get(0));
        return !isHere
                && !PlainLine.LAUNCHER.contains(word)
                && HostCommands.of(program).isForOthers(word);
    }

    private static RemoteLine read(List<String> typed, String variable, @Nullable Path tokens) {
        String url = variable;
        Path tokenFile = tokens;
        boolean plainHttp = false;
        List<String> words = new ArrayList<>();
        for (Iterator<String> rest = typed.iterator(); rest.hasNext(); ) {
            String word = rest.next();
            if (word.equals("--")) {
                words.add(word);
                rest.forEachRemaining(words::add);
            } else if (word.equals(URL) || word.startsWith(URL + "=")) {
                url = value(word, URL, rest).strip();
            } else if (word.equals(TOKEN_FILE) || word.startsWith(TOKEN_FILE + "=")) {
                tokenFile = Path.of(value(word, TOKEN_FILE, rest));
            } else if (word.equals(PLAIN_HTTP)) {
                plainHttp = true;
            } else {
                words.add(words.isEmpty() ? plain(word) : word);
            }
        }
        return new RemoteLine(url, tokenFile, plainHttp, words);
    }

    private static String value(String word, String option, Iterator<String> rest) {
        if (word.length() > option.length()) {
            return word.substring(option.length() + 1);
        } else if (!rest.hasNext()) {
            throw new LaunchException(
                    "missing value for " + option + ": " + (option.equals(URL) ? "URL" : "FILE"),
                    ErrorCode.USAGE.exit());
        }
        return rest.next();
    }

    private static String plain(String word) {
        return word.replaceFirst("^job:", "");
    }

    /** Returns whether the command prints JSON. */
    boolean isForJson() {
        return words.stream().takeWhile(word -> !word.equals("--")).anyMatch("--json"::equals);
    }

    /** Runs the command and returns its exit code. */
    int run(Program program) throws Exception {
        HostCommands known = HostCommands.of(program);
        String word = words.isEmpty() ? "" : words.get(0);
        if (word.isEmpty() || word.equals("-h") || word.equals("--help")) {
            (word.isEmpty() ? System.err : System.out).print(USAGE + known.forOthers() + "%n".formatted());
            return word.isEmpty() ? 1 : 0;
        } else if (!known.has(word)
                && (word.startsWith("-")
                        || Main.own(program).contains(word)
                        || !Spelling.hint(word, known.names()).isEmpty())) { // a bundle may add other commands
            throw new LaunchException(
                    "unknown remote command '" + word + "'" + Spelling.hint(word, known.names())
                            + "; see 'jobyard --url URL --help'",
                    ErrorCode.USAGE.exit());
        }
        return RemoteCall.run(this, known.files(words), TerminalSize.now().columns(), System.out, System.err);
    }
}
