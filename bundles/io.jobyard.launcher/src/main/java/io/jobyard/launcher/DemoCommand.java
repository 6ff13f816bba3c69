// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "demo",
        description =
                "Start a host and a model of its own, summarize the documentation, show what came out and what it cost, and approve it.")
final class DemoCommand implements Callable<Integer> {

    private static final String KEY = "JOBYARD_DEMO_KEY";

    @ParentCommand
    private Main main;

    @Option(names = "--keep", description = "Leave the host running, to look around.")
    private boolean keep;

    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            description =
                    "Ask this model in place of the demo's own, such as https://api.openai.com/v1. Its key is taken from"
                            + " the environment variable " + KEY
                            + ". The first five pages are summarized, unless --pages says otherwise: that costs money.")
    private @Nullable String endpoint;

    @Option(names = "--model", paramLabel = "NAME", description = "Which model of the endpoint.")
    private @Nullable String model;

    @Option(
            names = "--wire",
            paramLabel = "FORM",
            description = "How the endpoint is spoken to: openai (${DEFAULT-VALUE}) or anthropic.",
            defaultValue = "openai")
    private String wire = "openai";

    @Option(
            names = "--pages",
            paramLabel = "N",
            description = "How many pages of the documentation; all, or 5 of an --endpoint, if left out.")
    private @Nullable Integer pages;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Program program = main.program();
        List<Path> chosen = chosen(program);
        try (DemoModel asked = model();
                TemporaryHost host = TemporaryHost.in("jobyard-demo-", program, Map.of())) {
            InstanceDirectory instance = host.instance();
            asked.configure(instance);
            new Examples(program, instance).install();
            System.out.println("starting a host in " + instance.directory());
            host.start();
            if (keep) {
                host.keep();
            }
            Demo demo = new Demo(new HostShell(instance), asked, chosen, program.home());
            boolean completed = demo.run(program.terminal());
            sayWhatNext(program, instance);
            return completed ? 0 : 1;
        }
    }

    private DemoModel model() throws IOException {
        if (endpoint == null && model == null) {
            return DemoModel.own();
        } else if (endpoint == null || model == null) {
            throw new LaunchException("--endpoint and --model go together: name both, such as --endpoint"
                    + " https://api.openai.com/v1 --model gpt-4o-mini");
        }
        if (!wire.equals("openai") && !wire.equals("anthropic")) {
            throw new LaunchException("--wire " + wire + " is refused: use openai or anthropic");
        }
        String key = System.getenv(KEY);
        return DemoModel.at(endpoint, wire, model, key == null || key.isBlank() ? null : key.strip());
    }

    private List<Path> chosen(Program program) throws IOException {
        List<Path> all = pages(program);
        int most = pages != null ? pages : endpoint == null ? all.size() : 5;
        if (most < 1) {
            throw new LaunchException("--pages " + most + " is refused: use 1 or more");
        }
        return all.subList(0, Math.min(most, all.size()));
    }

    private static List<Path> pages(Program program) throws IOException {
        Path docs = program.home().resolve("docs");
        if (Files.notExists(docs)) {
            throw new LaunchException(
                    "the demo reads the pages in " + docs + ", which is missing: unpack the program anew");
        }
        try (Stream<Path> files = Files.walk(docs)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    private void sayWhatNext(Program program, InstanceDirectory instance) {
        NextSteps kept = new NextSteps(program, instance);
        NextSteps own = new NextSteps(program, program.suggestion());
        System.out.println();
        if (keep) {
            System.out.println("The host goes on. Look around, then end it:");
            System.out.println("  " + kept.command("list"));
            System.out.println("  " + kept.command("history ID"));
            System.out.println("  " + kept.command("stop"));
            if (endpoint == null) {
                System.out.println("Its model ends with this command: no more summaries come.");
            }
        } else {
            System.out.println("Now with a host of your own:");
            System.out.println("  " + own.command("start"));
            System.out.println("  " + own.command("submit echo '{\"text\":\"hello\"}' --await"));
            System.out.println("  " + own.command("shell") + "    then: help");
        }
        System.out.println("Your first handler: docs/tutorial/first-handler.md");
    }
}
