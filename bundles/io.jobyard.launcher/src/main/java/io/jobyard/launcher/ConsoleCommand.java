// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "console",
        description = "Open the console in a browser, signed in. If the host has no HTTP port, set one in etc/ first.")
final class ConsoleCommand implements Callable<Integer> {

    /** The error code of a host without an HTTP port. */
    private static final String NOT_YET = "state_conflict";

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final long LOOK_MILLIS = 200;

    @ParentCommand
    private Main main;

    @Option(names = "--no-browser", description = "Only print the link. It signs in once, within one minute.")
    private boolean noBrowser;

    @Override
    public Integer call() throws IOException, InterruptedException {
        InstanceDirectory instance = main.instance();
        Path host = ShellCommand.host(instance);
        String link = link(host, WebFile.of(instance), TIMEOUT);
        System.out.println(link);
        if (!noBrowser) {
            Browser.find().ifPresent(browser -> browser.open(link));
        }
        return 0;
    }

    /** Opens an HTTP port if the host has none. */
    static String link(Path host, WebFile web, Duration timeout) throws IOException, InterruptedException {
        JsonNode answer = ask(host);
        long end = System.nanoTime() + timeout.toNanos();
        if (!answer.has("url") && "0".equals(web.port())) {
            throw new LaunchException(web.file() + " sets port = 0, so HTTP is off: set a port in that file");
        } else if (!answer.has("url") && web.port() == null) {
            web.open();
            System.err.println("HTTP enabled in " + web.file());
        }
        while (!answer.has("url")) {
            if (System.nanoTime() - end > 0) {
                throw new LaunchException(
                        "the host does not listen on the port set in " + web.file() + "; see 'jobyard doctor'");
            }
            Thread.sleep(LOOK_MILLIS);
            answer = ask(host);
        }
        return answer.get("url").asText();
    }

    /** Returns the link, or the error of a host without an HTTP port. */
    private static JsonNode ask(Path host) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        int exit = ShellClient.run(host, "job:console --json", new ByteArrayInputStream(new byte[0]), print, print);
        String said = out.toString(StandardCharsets.UTF_8).strip();
        if (exit != 0 && !said.startsWith("{")) {
            throw new LaunchException(said);
        }
        JsonNode answer = new ObjectMapper().readTree(said);
        JsonNode error = answer.get("error");
        if (error != null && !error.path("code").asText().equals(NOT_YET)) {
            throw new LaunchException(error.path("message").asText());
        }
        return answer;
    }
}
