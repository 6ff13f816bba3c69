// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.HandlerName;
import io.jobyard.api.Job;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;

/** Versions of handlers that jobs may get, on this host and on others. */
record HandlerVersions(Handlers all, TypeRegistry types, MigratorRegistry migrators, SchemasElsewhere others) {

    /** Returns the versions of handlers that a new job may get. */
    Stream<Version> offered(Job job) {
        String range = job.terms().routing().handlerVersion();
        return Stream.concat(
                all.find(job.type(), range).map(handler -> handler.version).stream(),
                elsewhere(job.type(), range).stream().map(handler -> Version.parseVersion(handler.version())));
    }

    /** Returns the handler of another host that a new job may get. */
    Optional<HandlerName> elsewhere(String type, @Nullable String range) {
        return others.handler(type, range, allowed(type, range));
    }

    /** Returns whether the configuration of the type allows a version. */
    Predicate<Version> allowed(String type, @Nullable String range) {
        TypeSettings ofType = types.settings(type);
        return version -> ofType == null || ofType.allows(version) && (range != null || !ofType.isCanary(version));
    }

    /** Returns the version in whose form a payload is, by the handler that it was made for. */
    Optional<String> payloadForm(String type, HandlerName madeFor) {
        Set<Version> forms = all.forms(type);
        migrators.of(type).forEach(migrator -> forms.add(migrator.to));
        return new MigrationPath(forms)
                .form(Version.parseVersion(madeFor.version()))
                .or(() -> others.form(type, madeFor))
                .map(Version::toString);
    }
}
