// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobId;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.running.Outcome;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OpenAPI Generator makes a Java client of the document; it compiles, and a program reaches the host by it. */
class GeneratedClientTest {

    /** The generator and the annotations that its clients import; the build copies both there. */
    private static final Path TOOLS = Path.of("target", "openapi-generator");

    private static final String NAMES = "openApiNullable=false,useJakartaEe=true,hideGenerationTimestamp=true,"
            + "invokerPackage=generated,apiPackage=generated.api,modelPackage=generated.model";

    @TempDir
    private Path directory;

    @Test
    void aGeneratedJavaClientReturnsWhatTheHostAnswers() throws Exception {
        try (RestFixture host = new RestFixture()) {
            host.server.as(Caller.user("ann"));
            generate(host.server.get("/openapi.json").http().body());
            Path classes = compile();
            JobId ended = host.submit("ann", "slow");
            host.start();
            host.step(ended, "sum/up", "3");
            host.emit(ended, "hello");
            host.end(ended, new Outcome.Completed("{}"));
            Map<?, ?> returned = use(classes, "http://127.0.0.1:" + host.server.port, ended);
            assertThat(host.jobs("ann")
                            .job(JobId.of(returned.get("id").toString()))
                            .type())
                    .isEqualTo("echo");
            assertThat(returned.get("ready")).isEqualTo(returned.get("id"));
            assertThat(returned.toString())
                    .contains("bulk=1", "completed=completed", "counted=0", "files=0", "log=0", "preview=true")
                    .contains("queued=queued", "schedule=nightly", "step=3", "stream=hello", "times=3", "unknown=404");
        }
    }

    private void generate(String document) throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve("openapi.json"), document);
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(
                "-XX:TieredStopAtLevel=1",
                "-jar",
                TOOLS.resolve("openapi-generator-cli.jar").toString()));
        command.addAll(List.of("generate", "-g", "java", "--library", "native", "-i", file.toString()));
        command.addAll(List.of("-o", directory.resolve("client").toString(), "--additional-properties", NAMES));
        command.addAll(List.of(
                "--global-property",
                "apis,models,supportingFiles,apiDocs=false,modelDocs=false,apiTests=false,modelTests=false"));
        Path log = directory.resolve("generator.txt");
        int status = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        String said = Files.readString(log);
        assertThat(status).as(said).isZero();
        assertThat(said.lines().filter(line -> line.contains("WARN") && !line.contains("3.1 support is still in beta")))
                .isEmpty();
    }

    private Path compile() throws IOException {
        Path classes = Files.createDirectory(directory.resolve("classes"));
        List<String> options = new ArrayList<>(List.of("-proc:none", "-nowarn", "-d", classes.toString(), "-cp"));
        options.add(TOOLS.resolve("openapi-generator-cli.jar")
                + File.pathSeparator
                + TOOLS.resolve("jakarta.annotation-api.jar"));
        options.add(Path.of("src", "test", "resources", "generated-client", "ClientUse.java")
                .toString());
        try (Stream<Path> sources = Files.walk(directory.resolve("client").resolve("src"))) {
            sources.map(Path::toString)
                    .filter(source -> source.endsWith(".java"))
                    .forEach(options::add);
        }
        StringWriter said = new StringWriter();
        var compiler = ToolProvider.getSystemJavaCompiler();
        var files = compiler.getStandardFileManager(null, null, null);
        int sources = options.indexOf("-cp") + 2;
        boolean compiled = compiler.getTask(
                        said,
                        files,
                        null,
                        options.subList(0, sources),
                        null,
                        files.getJavaFileObjectsFromStrings(options.subList(sources, options.size())))
                .call();
        assertThat(compiled).as(said.toString()).isTrue();
        return classes;
    }

    /** The client brings its own libraries. */
    private static Map<?, ?> use(Path classes, String address, JobId ended) throws Exception {
        URL[] path = {
            classes.toUri().toURL(),
            TOOLS.resolve("openapi-generator-cli.jar").toUri().toURL(),
            TOOLS.resolve("jakarta.annotation-api.jar").toUri().toURL()
        };
        try (URLClassLoader loader = new URLClassLoader(path, ClassLoader.getPlatformClassLoader())) {
            return (Map<?, ?>) loader.loadClass("generated.ClientUse")
                    .getMethod("run", String.class, String.class)
                    .invoke(null, address, ended.toString());
        }
    }
}
