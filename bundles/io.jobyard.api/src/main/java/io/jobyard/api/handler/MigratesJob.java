// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.handler;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Capability;
import org.osgi.annotation.bundle.Requirement;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Declares the versions between which a {@link PayloadMigrator} component converts payloads of a job type. The plain service properties
 * {@value #TYPE}, {@value #FROM} and {@value #TO} are equivalent.
 */
@ComponentPropertyType
@Capability(
        namespace = MigratesJob.NAMESPACE,
        attribute = {"type=${#type}", "to:Version=${#to}"})
@Requirement(namespace = "osgi.implementation", name = HandlesJob.IMPLEMENTATION, version = HandlesJob.API_VERSION)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface MigratesJob {

    /**
     * Capability of a bundle for each of its migrators, with attributes {@code type} and {@code to}. The host thus knows a migrator whose
     * service is not registered yet.
     */
    String NAMESPACE = "io.jobyard.migrator";

    /** Prefix of the service properties. */
    String PREFIX_ = "job.migrates.";

    /** Service property: the job type. */
    String TYPE = "job.migrates.type";

    /** Service property: range of the versions whose payloads it accepts. */
    String FROM = "job.migrates.from";

    /** Service property: version with the new form of payload. */
    String TO = "job.migrates.to";

    /** Returns the job type. */
    String type();

    /** {@return the versions whose payloads it accepts: an OSGi version range that ends before {@link #to}, for example {@code [1,2)}} */
    String from();

    /** {@return the first version with the form of payload that it creates, an OSGi version} */
    String to();
}
