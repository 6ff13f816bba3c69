// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "demo",
        description =
                "Start a host of its own, run a pipeline of LLM tools over the documentation, show what came out, and approve it.")
final class DemoCommand implements Callable<Integer> {

    @ParentCommand
    private Main main;

    @Option(names = "--keep", description = "Leave the host running, to look around.")
    private boolean keep;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Program program = main.program();
        List<Path> pages = pages(program);
        try (TemporaryHost host = TemporaryHost.in("jobyard-demo-", program, Map.of())) {
            InstanceDirectory instance = host.instance();
            System.out.println("starting a host in " + instance.directory());
            host.start();
            if (keep) {
                host.keep();
            }
            Demo demo = new Demo(new HostShell(instance), pages, program.home());
            boolean completed = demo.run(program.terminal());
            sayWhatNext(program, instance);
            return completed ? 0 : 1;
        }
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
        } else {
            System.out.println("Now with a host of your own:");
            System.out.println("  " + own.command("start"));
            System.out.println("  " + own.command("submit echo '{\"text\":\"hello\"}' --await"));
            System.out.println("  " + own.command("shell") + "    then: help");
        }
        System.out.println("Your first handler: docs/tutorial/first-handler.md");
    }
}
