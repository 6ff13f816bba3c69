// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "move-store",
        description = "Copy the store to another database, for example from Derby to SQLite or PostgreSQL, and compare"
                + " each row. An interrupted copy resumes. The host must be stopped. The source is not changed.")
final class MoveStoreCommand implements Callable<Integer> {

    /** Name of the default database, which has no URL. */
    static final String EMBEDDED = "embedded";

    @ParentCommand
    private Main main;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "URL",
            description = "URL of the target database, which must be empty, as in url of io.jobyard.store; for example"
                    + " jdbc:postgresql://db.example.com/jobs, 'jdbc:sqlite:' for SQLite in data/sqlite, or '"
                    + EMBEDDED
                    + "' for Derby in data/db.")
    private String to;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            defaultValue = "",
            description = "Database user. The password is read from $" + StoreMover.PASSWORD + ".")
    private String user;

    @Override
    public Integer call() throws IOException, InterruptedException {
        InstanceDirectory instance = main.instance();
        String url = to.equals(EMBEDDED) ? "" : to;
        StoreFile store = StoreFile.of(instance);
        refuse(url, store);
        instance.prepare(main.program());
        HostLock lock = HostLock.take(instance);
        System.out.println(new StoreMover(main.program(), instance).move(store, url, user));
        lock.keepUntilHere();
        return 0;
    }

    private void refuse(String url, StoreFile store) {
        if (url.equals(store.url())) {
            throw new LaunchException(
                    "the store already is in this database (" + (store.url().isEmpty() ? "no url" : "url") + " in "
                            + store.file() + "): set another database with --to");
        }
        if (!url.isEmpty() && !url.startsWith("jdbc:")) {
            throw new LaunchException(
                    "invalid --to: use the URL of a database, for example jdbc:postgresql://db.example.com/jobs or jdbc:sqlite:, or '"
                            + EMBEDDED + "'");
        }
        if (url.toLowerCase(Locale.ROOT).contains("password=")) {
            throw new LaunchException(
                    "not allowed: a password on the command line is visible to other users; remove it from the URL, set the user"
                            + " with --user, and put the password into the environment variable "
                            + StoreMover.PASSWORD);
        }
    }
}
