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
        description =
                "Copy the store into another database, such as from the embedded one to a PostgreSQL, and compare each"
                        + " row; what was cut off goes on where it was. The host must be down, and the store stays as it is.")
final class MoveStoreCommand implements Callable<Integer> {

    /** The embedded database, which has no URL. */
    static final String EMBEDDED = "embedded";

    @ParentCommand
    private Main main;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "URL",
            description = "The database, which must be empty, as url in io.jobyard.store has it, such as"
                    + " jdbc:postgresql://db.example.com/jobs; or '" + EMBEDDED + "' for the one in data/db.")
    private String to;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            defaultValue = "",
            description = "Who logs in there; the password stands in $" + StoreMover.PASSWORD + ".")
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
            throw new LaunchException("the store is there already (" + (store.isEmbedded() ? "there is no url" : "url")
                    + " in " + store.file() + "): name another database with --to");
        }
        if (!url.isEmpty() && !url.startsWith("jdbc:")) {
            throw new LaunchException(
                    "--to takes the URL of a database, such as jdbc:postgresql://db.example.com/jobs, or '" + EMBEDDED
                            + "'");
        }
        if (url.toLowerCase(Locale.ROOT).contains("password=")) {
            throw new LaunchException(
                    "others can read a password on the command line: leave it out of the URL, name the user"
                            + " with --user, and put the password into the variable " + StoreMover.PASSWORD);
        }
    }
}
