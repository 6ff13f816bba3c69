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
                "Start a demo host and a demo model, summarize the documentation, show results and costs, and approve a job.")
final class DemoCommand implements Callable<Integer> {

    private static final String KEY = "JOBYARD_DEMO_KEY";

    @ParentCommand
    private Main main;

    @Option(names = "--keep", description = "Keep the host running.")
    private boolean keep;

    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            description =
                    "Use this model instead of the demo model, for example https://api.openai.com/v1. The API key is read from"
                            + " the environment variable " + KEY
                            + ". This costs money, so only the first five pages are summarized by default (see --pages).")
    private @Nullable String endpoint;

    @Option(names = "--model", paramLabel = "NAME", description = "Name of the endpoint's model.")
    private @Nullable String model;

    @Option(
            names = "--wire",
            paramLabel = "FORM",
            description = "Protocol of the endpoint: openai (${DEFAULT-VALUE}) or anthropic.",
            defaultValue = "openai")
    private String wire = "openai";

    @Option(
            names = "--pages",
            paramLabel = "N",
            description = "Number of pages to summarize. Default: all pages, or 5 with --endpoint.")
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
            throw new LaunchException("missing --endpoint or --model: use both, for example --endpoint"
                    + " https://api.openai.com/v1 --model gpt-4o-mini");
        }
        String spoken = ChosenWord.of("--wire", wire, List.of("openai", "anthropic"), "use openai or anthropic");
        String key = System.getenv(KEY);
        return DemoModel.at(endpoint, spoken, model, key == null || key.isBlank() ? null : key.strip());
    }

    private List<Path> chosen(Program program) throws IOException {
        List<Path> all = pages(program);
        int most = pages != null ? pages : endpoint == null ? all.size() : 5;
        if (most < 1) {
            throw new LaunchException("--pages " + most + " is out of range: use 1 or more");
        }
        return all.subList(0, Math.min(most, all.size()));
    }

    private static List<Path> pages(Program program) throws IOException {
        Path docs = program.home().resolve("docs");
        if (Files.notExists(docs)) {
            throw new LaunchException("documentation not found in " + docs + ": unpack the program again");
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
            System.out.println("The host is still running. Explore it, then stop it:");
            System.out.println("  " + kept.command("list"));
            System.out.println("  " + kept.command("history ID"));
            System.out.println("  " + kept.command("stop"));
            if (endpoint == null) {
                System.out.println("The demo model stops with this command, so no further summaries are possible.");
            }
        } else {
            System.out.println("To continue with your own host:");
            System.out.println("  " + own.command("start"));
            System.out.println("  " + own.command("submit echo '{\"text\":\"hello\"}' --await"));
            System.out.println("  " + own.command("shell") + " then type: help");
        }
        System.out.println("Write your first handler: docs/tutorial/first-handler.md");
    }
}
