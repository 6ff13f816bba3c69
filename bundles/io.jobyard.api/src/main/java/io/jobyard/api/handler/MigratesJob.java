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
 * Says between which versions of a job type a {@link PayloadMigrator} component leads. The same can be said with the plain
 * service properties {@value #TYPE}, {@value #FROM} and {@value #TO}.
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
     * Capability of a bundle for each of its migrators, with attributes {@code type} and {@code to}. By it, the host knows a migrator that
     * is not registered yet, while the handler of its bundle is.
     */
    String NAMESPACE = "io.jobyard.migrator";

    /** Put before each element's name to make the service property. */
    String PREFIX_ = "job.migrates.";

    /** Service property: the job type. */
    String TYPE = "job.migrates.type";

    /** Service property: the versions whose payloads it takes. */
    String FROM = "job.migrates.from";

    /** Service property: the version that has another form of payload. */
    String TO = "job.migrates.to";

    /** The job type. */
    String type();

    /**
     * The versions whose payloads it takes.
     *
     * @return an OSGi version range that ends before {@link #to}, such as {@code [1,2)}
     */
    String from();

    /**
     * The first version whose payloads have the form that it makes.
     *
     * @return an OSGi version
     */
    String to();
}
