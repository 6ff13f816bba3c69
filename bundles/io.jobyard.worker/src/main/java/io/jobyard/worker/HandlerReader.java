// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobHandler;
import io.jobyard.api.handler.MigratesJob;
import io.jobyard.spi.handlers.DeployedBundle;
import io.jobyard.spi.handlers.RefusedHandler;
import io.jobyard.worker.typed.TypedClasses;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;

/** Reads a handler's service properties and its bundle. */
final class HandlerReader {

    private static final int DAY_SECONDS = 86_400;
    private static final int LONGEST_DESCRIPTION = 2_000;
    private static final List<String> EFFECTS =
            List.of(HandlesJob.READS_ONLY, HandlesJob.ADDS_ONLY, HandlesJob.REPEATABLE, HandlesJob.INSIDE);

    private static final List<String> THREADS = List.of(HandlesJob.PLATFORM, HandlesJob.VIRTUAL);

    private HandlerReader() {}

    /** Reads a handler. */
    static Handler read(ServiceReference<?> reference, Supplier<JobHandler> services, @Nullable DeployedBundle deployed)
            throws RefusedHandlerException {
        Bundle bundle = reference.getBundle();
        String name =
                bundle.getSymbolicName() + " " + bundle.getVersion() + (deployed == null ? "" : " " + deployed.build());
        String type = property(reference, HandlesJob.TYPE);
        if (type == null) {
            type = property(reference, HandlesJob.ANNOTATED_TYPE);
        }
        if (type == null) {
            throw refused(bundle, "", "its property " + HandlesJob.TYPE + " is empty");
        }
        try {
            JobHandler service = services.get();
            return new Handler(
                    type,
                    version(reference),
                    name,
                    bundle.getBundleId(),
                    deployed == null ? 0 : deployed.position(),
                    service,
                    terms(reference, type, TypedHandler.classes(service)));
        } catch (IOException | RuntimeException e) {
            throw refused(
                    bundle,
                    type,
                    String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    private static HandlerTerms terms(ServiceReference<?> reference, String type, @Nullable TypedClasses classes)
            throws IOException {
        Bundle bundle = reference.getBundle();
        PayloadSchema payloads = schema(bundle, type + ".schema.json", text -> PayloadSchema.of(type, text));
        String results = schema(bundle, type + ".result.schema.json", HandlerReader::checked);
        if (classes != null) {
            DerivedSchemas derived = new DerivedSchemas(classes);
            payloads = payloads == null ? PayloadSchema.of(type, derived.payload()) : payloads;
            results = results == null ? derived.result() : results;
        }
        return new HandlerTerms(
                payloads == null ? PayloadSchema.NONE : payloads,
                words(reference, HandlesJob.LIMITS),
                migratesTo(bundle, type),
                new RunTerms(
                        seconds(reference, "heartbeat", HandlesJob.HEARTBEAT),
                        seconds(reference, "timeout", HandlesJob.TIMEOUT),
                        flag(reference, HandlesJob.EXCLUSIVE),
                        isVirtual(reference)),
                description(reference),
                effects(reference),
                results,
                flag(reference, HandlesJob.PRIVILEGED));
    }

    private static RefusedHandlerException refused(Bundle bundle, String type, String reason) {
        return new RefusedHandlerException(new RefusedHandler(type, bundle.getBundleId(), reason));
    }

    private static Version version(ServiceReference<?> reference) {
        String asked = property(reference, HandlesJob.VERSION);
        try {
            return asked == null ? reference.getBundle().getVersion() : Version.parseVersion(asked);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("invalid version " + asked + ": use a version, for example 1.2.0", e);
        }
    }

    /**
     * Returns the target versions of the migrators in the manifest, which bnd writes. The migrators may be registered a moment later than
     * the handlers.
     */
    private static Set<Version> migratesTo(Bundle bundle, String type) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        return revision == null
                ? Set.of()
                : revision.getDeclaredCapabilities(MigratesJob.NAMESPACE).stream()
                        .map(BundleCapability::getAttributes)
                        .filter(migrator -> type.equals(migrator.get("type")))
                        .map(migrator -> migrator.get("to"))
                        .filter(Version.class::isInstance)
                        .map(Version.class::cast)
                        .collect(Collectors.toSet());
    }

    private static Set<String> effects(ServiceReference<?> reference) {
        Set<String> effects = words(reference, HandlesJob.EFFECTS);
        for (String effect : effects) {
            if (!EFFECTS.contains(effect)) {
                throw new IllegalArgumentException(
                        "invalid effect " + effect + ": use some of " + String.join(", ", EFFECTS));
            }
        }
        return effects;
    }

    private static Set<String> words(ServiceReference<?> reference, String property) {
        Object value = reference.getProperty(property);
        Stream<?> names = value instanceof Object[] array
                ? Stream.of(array)
                : value instanceof Collection<?> list ? list.stream() : Stream.ofNullable(value);
        return names.flatMap(name -> Stream.of(name.toString().split(",")))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
    }

    /** Reads a schema from the bundle; null if the bundle has no such file. */
    private static <T> @Nullable T schema(Bundle bundle, String file, Function<String, T> read) throws IOException {
        String path = "OSGI-INF/jobs/" + file;
        URL entry = bundle.getEntry(path);
        if (entry == null) {
            return null;
        }
        try (InputStream in = entry.openStream()) {
            return read.apply(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("schema " + path + " " + e.getMessage(), e);
        }
    }

    /** Returns the text if it is a valid schema. */
    private static String checked(String schema) {
        SchemaText.read(schema);
        return schema;
    }

    private static Duration seconds(ServiceReference<?> reference, String what, String key) {
        String asked = property(reference, key);
        try {
            int seconds = asked == null ? 0 : Integer.parseInt(asked);
            if (seconds >= 0 && seconds <= DAY_SECONDS) {
                return Duration.ofSeconds(seconds);
            }
        } catch (NumberFormatException e) {
            // rejected below, like a number out of range
        }
        throw new IllegalArgumentException(
                "invalid " + what + " " + asked + ": use whole seconds, 1 to " + DAY_SECONDS + ", or 0 for none");
    }

    private static boolean isVirtual(ServiceReference<?> reference) {
        String asked = property(reference, HandlesJob.THREAD);
        if (asked == null || THREADS.contains(asked)) {
            return HandlesJob.VIRTUAL.equals(asked);
        }
        throw new IllegalArgumentException("invalid thread " + asked + ": use one of " + String.join(", ", THREADS));
    }

    private static boolean flag(ServiceReference<?> reference, String key) {
        String said = property(reference, key);
        if (said == null || said.equals("true") || said.equals("false")) {
            return "true".equals(said);
        }
        throw new IllegalArgumentException("invalid property " + key + " = " + said + ": use true or false");
    }

    private static String description(ServiceReference<?> reference) {
        String said = property(reference, HandlesJob.DESCRIPTION);
        return said == null
                ? ""
                : said.strip().substring(0, Math.min(said.strip().length(), LONGEST_DESCRIPTION));
    }

    private static @Nullable String property(ServiceReference<?> reference, String key) {
        Object value = reference.getProperty(key);
        return value == null || value.toString().isBlank() ? null : value.toString();
    }
}
