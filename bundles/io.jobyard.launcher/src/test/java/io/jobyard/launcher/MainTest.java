// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {

    @TempDir
    Path home;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final PrintStream console = System.out;
    private final PrintStream errors = System.err;

    @BeforeEach
    void program() throws IOException {
        Path level = Files.createDirectories(home.resolve("bundles/20"));
        try (JarOutputStream jar =
                new JarOutputStream(Files.newOutputStream(level.resolve("io.jobyard.shell-1.jar")))) {
            jar.putNextEntry(new ZipEntry("OSGI-INF/jobyard/commands.txt"));
            jar.write(
                    "submit --file,--batch Submit a job.\nlist - List jobs.\nhelp - List the commands.\nbackup local Copy it.\n"
                            .getBytes(StandardCharsets.UTF_8));
        }
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void giveBack() {
        System.setOut(console);
        System.setErr(errors);
    }

    @Test
    void helpListsBothKindsOfCommands() {
        assertThat(call("help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("  start ", "  restore ", "Commands of the running host", "  submit    Submit a job.")
                .containsOnlyOnce("  help ");
        String help = out.toString(StandardCharsets.UTF_8);
        out.reset();
        assertThat(call("--help")).isZero();
        assertThat(out).hasToString(help);
        out.reset();
        assertThat(call("help", "stop")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("Usage: jobyard stop");
    }

    @Test
    void aWordThatNobodyKnowsIsOneLineThatSaysWhatMayBeMeant() {
        assertThat(said("jump", "--limit", "3")).isEqualTo("unknown command 'jump'; see 'jobyard help'");
        assertThat(said("lst", "--limit", "3"))
                .isEqualTo("unknown command 'lst' (did you mean 'list'?); see 'jobyard help'");
        assertThat(said("stat")).startsWith("unknown command 'stat' (did you mean 'sta");
        assertThat(said("help", "sumbit")).startsWith("unknown command 'sumbit' (did you mean 'submit'?)");
        assertThat(said("--fast")).isEqualTo("unknown option '--fast'; see 'jobyard --help'");
        assertThat(said("stop", "--fast")).isEqualTo("unknown option '--fast'; see 'jobyard stop --help'");
        assertThat(said("start", "--sotre", "sqlite"))
                .isEqualTo("unknown option '--sotre' (did you mean '--store'?); see 'jobyard start --help'");
        assertThat(said("model-server", "--port", "x"))
                .isEqualTo("invalid --port 'x': use a whole number; see 'jobyard model-server --help'");
        assertThat(said("model-server", "--port")).isEqualTo("missing --port; see 'jobyard model-server --help'");
    }

    @Test
    void anOptionWithAListOfWordsNamesThem() {
        String instance = home.resolve("i").toString();
        String fix = ": use derby or sqlite, or set url in io.jobyard.store for PostgreSQL";
        assertThat(said("start", "--store", "foo", "--instance", instance)).isEqualTo("invalid --store foo" + fix);
        assertThat(said("start", "--store", "Sqlit", "--instance", instance))
                .isEqualTo("invalid --store Sqlit (did you mean 'sqlite'?)" + fix);
        assertThat(Path.of(instance)).doesNotExist();
        assertThat(OwnStore.named("--store", "SQLite")).isEqualTo(OwnStore.SQLITE);
    }

    @Test
    void aCommandOfTheHostNeedsTheHost() {
        String instance = home.resolve("i").toString();
        assertThat(said("--instance", instance, "list", "--fast")).startsWith("no host runs on " + instance);
        assertThat(said("list", "--fast", "--instance", instance)).startsWith("no host runs on " + instance);
        assertThat(said("job:list", "--instance=" + instance)).startsWith("no host runs on " + instance);
    }

    @Test
    void classesAreArchivedOnlyWhereTheProgramCanBeWritten() throws IOException {
        Path archive = home.resolve("lib/classes.jsa");
        assertThat(said("archive-classes"))
                .isEqualTo("cannot write " + archive + ": run this command as the user that owns " + home);
        Files.createFile(home.resolve("lib"));
        assertThat(said("archive-classes")).startsWith("cannot write " + archive);
        assertThat(home.resolve("lib")).isEmptyFile();
    }

    @Test
    void aStoreMovesOnlyToAnotherDatabase() throws IOException {
        Path instance = home.resolve("i");
        assertThat(said("move-store")).startsWith("missing --to; see");
        assertThat(said("move-store", "--to", "postgres", "--instance", instance.toString()))
                .startsWith("invalid --to: use the URL of a database, for example jdbc:postgresql:");
        assertThat(said("move-store", "--to", "embedded", "--instance", instance.toString()))
                .startsWith("the store already is in this database (no url in " + instance.resolve("etc"));
        assertThat(said("move-store", "--to", "jdbc:postgresql://h/db?password=x", "--instance", instance.toString()))
                .contains("remove it from the URL", "JOBYARD_STORE_PASSWORD")
                .doesNotContain("password=x");
        Path store = Files.createDirectories(instance.resolve("etc")).resolve("io.jobyard.store.cfg");
        Files.writeString(store, "url = jdbc:postgresql://h/db\n");
        assertThat(said("move-store", "--to", "jdbc:postgresql://h/db", "--instance", instance.toString()))
                .startsWith("the store already is in this database (url in " + store);
    }

    @Test
    void theExamplesAreInstalledUnlessTheyAreThere() throws IOException {
        Files.createDirectory(home.resolve("etc-defaults"));
        Path instance = home.resolve("i");
        Path jar = instance.resolve("deploy/io.jobyard.handler.examples.jar");
        String[] install = {"install", "examples", "--instance", instance.toString()};
        assertThat(said(install)).endsWith("io.jobyard.handler.examples.jar: unpack the program again");

        ship("io.jobyard.handler;type=sleep,io.jobyard.handler;type=flaky");
        assertThat(call(install)).isZero();
        assertThat(call(install)).isZero();
        ship("osgi.service;uses:=x,io.jobyard.handler;type=total");
        assertThat(call(install)).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "installed flaky, sleep (" + jar + ")",
                        "already installed: flaky, sleep (" + jar + ")",
                        "installed total (" + jar + ")");
        assertThat(jar).hasSameBinaryContentAs(home.resolve("examples").resolve(jar.getFileName()));
        assertThat(instance).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void nothingElseIsInstalled() {
        assertThat(said("install", "exampels"))
                .isEqualTo("unknown bundle 'exampels' (did you mean 'examples'?): use examples");
        assertThat(said("install", "postgres")).isEqualTo("unknown bundle 'postgres': use examples");
        assertThat(said("install")).startsWith("missing NAME; see");
    }

    /** Puts a bundle with these capabilities into the program. */
    private void ship(String capabilities) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Provide-Capability", capabilities);
        Path shipped = Files.createDirectories(home.resolve("examples")).resolve("io.jobyard.handler.examples.jar");
        new JarOutputStream(Files.newOutputStream(shipped), manifest).close();
    }

    private String said(String... arguments) {
        err.reset();
        assertThat(call(arguments)).isBetween(1, 2);
        assertThat(err.toString(StandardCharsets.UTF_8)).hasLineCount(1).startsWith("jobyard: ");
        return err.toString(StandardCharsets.UTF_8).strip().substring("jobyard: ".length());
    }

    private int call(String... arguments) {
        return Main.execute(new Program(home, "1", false), arguments);
    }
}
