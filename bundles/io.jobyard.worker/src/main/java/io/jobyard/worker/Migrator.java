// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jobyard.api.handler.MigratesJob;
import io.jobyard.api.handler.PayloadMigrator;
import io.jobyard.api.handler.PermanentException;
import java.io.IOException;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/** Registered migrator and its current runs. */
final class Migrator {

    private static final String USE = "use a range that ends before that version, for example [1,2)";

    final String type;
    final VersionRange from;
    final Version to;
    final long bundleId;
    final RunsInside runs = new RunsInside();
    private final String name;
    private final PayloadMigrator service;
    /** Separate mapper, as for a handler, because its cached classes must be released with it. */
    private final HandlerMapper json = new HandlerMapper();

    /** @param name name for histories and errors */
    Migrator(String type, VersionRange from, Version to, String name, long bundleId, PayloadMigrator service) {
        this.type = type;
        this.from = from;
        this.to = to;
        this.name = name;
        this.bundleId = bundleId;
        this.service = service;
    }

    /**
     * Reads its service properties.
     *
     * @throws IllegalArgumentException if a property is invalid
     */
    static Migrator read(ServiceReference<PayloadMigrator> reference, PayloadMigrator service) {
        Bundle bundle = reference.getBundle();
        String name = service.getClass().getName() + " (" + bundle.getSymbolicName() + " " + bundle.getVersion() + ")";
        Version to = Version.parseVersion(property(reference, MigratesJob.TO));
        VersionRange from = new VersionRange(property(reference, MigratesJob.FROM));
        if (from.isEmpty()) {
            throw new IllegalArgumentException(MigratesJob.FROM + " = " + from + " contains no version: " + USE);
        } else if (!endsBefore(from, to)) {
            throw new IllegalArgumentException(
                    MigratesJob.FROM + " = " + from + " includes " + MigratesJob.TO + " = " + to + ": " + USE);
        }
        return new Migrator(property(reference, MigratesJob.TYPE), from, to, name, bundle.getBundleId(), service);
    }

    private static boolean endsBefore(VersionRange range, Version version) {
        Version right = range.getRight();
        int order = right == null ? 1 : right.compareTo(version);
        return order < 0 || order == 0 && range.getRightType() == VersionRange.RIGHT_OPEN;
    }

    private static String property(ServiceReference<?> reference, String key) {
        Object value = reference.getProperty(key);
        if (value == null || value.toString().isBlank()) {
            throw new IllegalArgumentException("missing property " + key
                    + ": annotate the migrator with @MigratesJob(type = …, from = …, to = …)");
        }
        return value.toString();
    }

    /** Converts a payload to the next form, both as JSON. The run must have entered the migrator. */
    String migrate(String payload, int maxBytes, UnaryOperator<String> redaction) throws InterruptedException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try {
            thread.setContextClassLoader(service.getClass().getClassLoader());
            return written(service.migrate(json.mapper.readValue(payload, HandlerMapper.OBJECT)), maxBytes);
        } catch (InterruptedException e) {
            throw e;
        } catch (Throwable e) { // any throwable of users' code is the failure of the job, not of the host
            throw new PermanentException(
                    "migrator " + this + " failed: " + ErrorText.text(ErrorText.readable(e), redaction), e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private String written(@Nullable Map<String, Object> made, int maxBytes) {
        if (made == null) {
            throw new PermanentException("it returned null: return the payload");
        }
        try {
            String text = json.text(made, maxBytes);
            json.mapper.readValue(
                    text, HandlerMapper.OBJECT); // fails for a number that JSON does not have, for example NaN
            return text;
        } catch (JsonProcessingException e) {
            throw new PermanentException(
                    "its result cannot be written as JSON" + HandlerMapper.where("", e) + ": " + e.getOriginalMessage(),
                    e);
        } catch (IOException e) {
            throw new PermanentException("its result has " + e.getMessage()
                    + ", the value of max.payload.bytes: raise max.payload.bytes in io.jobyard.scheduler");
        }
    }

    /** Returns its class and its bundle. */
    String name() {
        return name;
    }

    @Override
    public String toString() {
        return name + ", " + type + " from " + from + " to " + to;
    }
}
