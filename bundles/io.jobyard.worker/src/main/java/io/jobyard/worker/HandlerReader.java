// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobHandler;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what a handler's service properties and bundle say. One that says nonsense gets a line and is left out. */
final class HandlerReader {

    private static final Logger LOG = LoggerFactory.getLogger(HandlerReader.class);

    private HandlerReader() {}

    static Optional<Handler> read(ServiceReference<JobHandler> reference, JobHandler service) {
        Bundle bundle = reference.getBundle();
        String name = bundle.getSymbolicName() + " " + bundle.getVersion();
        String type = property(reference, HandlesJob.TYPE);
        if (type == null) {
            type = property(reference, HandlesJob.ANNOTATED_TYPE);
        }
        if (type == null) {
            LOG.warn("A handler of bundle {} is left out: its property {} is empty", name, HandlesJob.TYPE);
            return Optional.empty();
        }
        try {
            String asked = property(reference, HandlesJob.VERSION);
            Version version = asked == null ? bundle.getVersion() : Version.parseVersion(asked);
            return Optional.of(new Handler(type, version, name, service, schema(bundle, type), limits(reference)));
        } catch (IOException | RuntimeException e) {
            LOG.warn("The handler of {} in bundle {} is left out: {}", type, name, e.getMessage());
            return Optional.empty();
        }
    }

    private static Set<String> limits(ServiceReference<?> reference) {
        Object value = reference.getProperty(HandlesJob.LIMITS);
        Stream<?> names = value instanceof Object[] array
                ? Stream.of(array)
                : value instanceof Collection<?> list ? list.stream() : Stream.ofNullable(value);
        return names.flatMap(name -> Stream.of(name.toString().split(",")))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
    }

    private static PayloadSchema schema(Bundle bundle, String type) throws IOException {
        URL entry = bundle.getEntry("OSGI-INF/jobs/" + type + ".schema.json");
        if (entry == null) {
            return PayloadSchema.NONE;
        }
        try (InputStream in = entry.openStream()) {
            return PayloadSchema.of(type, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static @Nullable String property(ServiceReference<?> reference, String key) {
        Object value = reference.getProperty(key);
        return value == null || value.toString().isBlank() ? null : value.toString();
    }
}
