// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rivals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/** Session with a process that reads a command from each line of its input, and answers with a line of JSON. */
final class ProcessSession implements Session {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String title;
    private final Databases.Empty database;
    private final Process process;
    private final BufferedReader answers;
    private final Writer commands;
    private final Thread killer;

    /** @param command the program with its arguments, without the address of the database */
    ProcessSession(String title, List<String> command, Databases.Empty database) throws IOException {
        this.title = title;
        this.database = database;
        List<String> whole = new ArrayList<>(command);
        whole.add(database.url());
        process = new ProcessBuilder(whole)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        killer = new Thread(process::destroyForcibly, "kill-rival");
        Runtime.getRuntime().addShutdownHook(killer); // no process is left behind if the benchmark is interrupted
        answers = process.inputReader();
        commands = process.outputWriter();
        send(database.password());
    }

    private void send(String line) throws IOException {
        commands.write(line + "\n");
        commands.flush();
    }

    private Done ask(String name, long... arguments) throws IOException {
        StringBuilder line = new StringBuilder(name);
        for (long argument : arguments) {
            line.append(' ').append(argument);
        }
        send(line.toString());
        String answer = answers.readLine();
        if (answer == null) {
            throw new IllegalStateException(title + ": the process ended without an answer to " + line);
        }
        return JSON.readValue(answer, Done.class);
    }

    @Override
    public Done submit(int jobs, int threads, int batch) throws IOException {
        return ask("submit", jobs, threads, batch);
    }

    @Override
    public Done drain(int jobs) throws IOException {
        return ask("drain", jobs);
    }

    @Override
    public Done work(int jobs, int threads) throws IOException {
        return ask("work", jobs, threads);
    }

    @Override
    public Done latency(int jobs, long everyMillis) throws IOException {
        return ask("latency", jobs, everyMillis);
    }

    @Override
    public Usage usage() throws Exception {
        return database.usage();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly().onExit().join(); // its database is dropped, so nothing is lost
        Runtime.getRuntime().removeShutdownHook(killer);
        database.close();
    }
}
