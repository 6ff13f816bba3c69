// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.Constants;
import aQute.bnd.osgi.EmbeddedResource;
import aQute.bnd.osgi.Jar;
import io.jobyard.itests.door.Door;
import io.jobyard.itests.faults.Faults;
import io.jobyard.itests.gated.Gated;
import io.jobyard.itests.notes.Noted;
import io.jobyard.itests.vault.Unlock;
import io.jobyard.itests.words.WordCount;
import io.jobyard.operations.api.OperationProvider;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.views.api.View;
import jakarta.servlet.Servlet;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import org.osgi.framework.BundleActivator;

/** A handler bundle as a platform team builds it: bnd, from a class with {@code @Component} and {@code @HandlesJob}. */
final class HandlerJar {

    private HandlerJar() {}

    static Path write(Path file, String version) throws Exception {
        return write(file, WordCount.class, "com.acme.words", version);
    }

    /** The handler that notes its runs, for an instance. */
    static void writeNoted(HostProcess host) throws Exception {
        Path deploy = Files.createDirectories(host.instance().resolve("deploy"));
        write(deploy.resolve("notes.jar"), Noted.class, "com.acme.notes", "1.0.0");
    }

    /** The handler that runs until a file is there, for an instance. */
    static void writeGated(HostProcess host) throws Exception {
        Path deploy = Files.createDirectories(host.instance().resolve("deploy"), HostProcess.PRIVATE);
        write(deploy.resolve("gated.jar"), Gated.class, "com.acme.gated", "1.0.0");
    }

    /** The bundle that puts faults into a host. */
    static void writeFaults(Path file) throws Exception {
        write(file, Faults.class, "com.acme.faults", "1.0.0");
    }

    /** The handler whose schema marks a field for secrets. */
    static void writeVault(Path file) throws Exception {
        write(file, Unlock.class, "com.acme.vault", "1.0.0", Map.of("unlock", Unlock.SCHEMA));
    }

    /** The bundle that knows one user, and has a servlet for her. */
    static void writeDoor(HostProcess host) throws Exception {
        Path deploy = Files.createDirectories(host.instance().resolve("deploy"), HostProcess.PRIVATE);
        write(deploy.resolve("door.jar"), Door.class, "com.acme.door", "1.0.0");
        host.configure("io.jobyard.access", "program.bundles = com.acme.door");
    }

    static Path write(Path file, Class<?> handler, String name, String version) throws Exception {
        return write(file, handler, name, version, Map.of());
    }

    /** The digits of its hash by which the host tells builds of one version apart. */
    static String build(Path jar) throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar));
        return HexFormat.of().formatHex(hash).substring(0, 8);
    }

    /** A bundle with an activator, and no handler. */
    static Path writeActivator(Path file, Class<?> activator, String name) throws Exception {
        return write(file, activator, name, "1.0.0", Map.of(), Map.of(Constants.BUNDLE_ACTIVATOR, activator.getName()));
    }

    /** With the schemas of payloads by type. */
    static Path write(Path file, Class<?> handler, String name, String version, Map<String, String> schemas)
            throws Exception {
        return write(file, handler, name, version, schemas, Map.of());
    }

    private static Path write(
            Path file,
            Class<?> handler,
            String name,
            String version,
            Map<String, String> schemas,
            Map<String, String> headers)
            throws Exception {
        try (Builder builder = new Builder()) {
            builder.setClasspath(new File[] {
                location(handler),
                location(io.jobyard.api.Job.class),
                location(Servlet.class),
                location(BundleActivator.class),
                location(OperationProvider.class),
                location(AccessRule.class),
                location(View.class)
            });
            builder.setProperty(Constants.BUNDLE_SYMBOLICNAME, name);
            builder.setProperty(Constants.BUNDLE_VERSION, version);
            builder.setPrivatePackage(handler.getPackageName());
            headers.forEach(builder::setProperty);
            Jar jar = builder.build();
            if (!builder.getErrors().isEmpty()) {
                throw new IllegalStateException("bnd: " + builder.getErrors());
            }
            schemas.forEach((type, schema) ->
                    jar.putResource("OSGI-INF/jobs/" + type + ".schema.json", new EmbeddedResource(schema, 0)));
            jar.write(file.toFile());
        }
        // bnd gives it the time of its classes, by which two versions of one size could not be told apart.
        Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        return file;
    }

    private static File location(Class<?> type) throws Exception {
        return new File(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
