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
 * Declares the job type of a {@link JobHandler} or {@link AsyncJobHandler} component. The plain service properties {@value #TYPE}, {@value
 * #VERSION}, {@value #LIMITS}, {@value #HEARTBEAT}, {@value #THREAD}, {@value #TIMEOUT}, {@value #DESCRIPTION}, {@value #EFFECTS} and
 * {@value #PRIVILEGED} are equivalent.
 */
@ComponentPropertyType
@Capability(
        namespace = HandlesJob.NAMESPACE,
        attribute = {"type=${#value}", "${if;${#version};version:Version=${#version}}"})
@Requirement(namespace = "osgi.implementation", name = HandlesJob.IMPLEMENTATION, version = HandlesJob.API_VERSION)
@Retention(RetentionPolicy.RUNTIME) // tests read it from the class, before bnd has written the property
@Target(ElementType.TYPE)
public @interface HandlesJob {

    /**
     * Capability of a bundle for each of its handlers, with attributes {@code type}, and {@code version} if it differs from the bundle's.
     */
    String NAMESPACE = "io.jobyard.handler";

    /** Name of the handler API, as a capability {@code osgi.implementation}. */
    String IMPLEMENTATION = "io.jobyard.handler";

    /** Version of the handler API. */
    String API_VERSION = "0.2.0";

    /** Prefix of the service properties. */
    String PREFIX_ = "job.";

    /** Service property: the job type. */
    String TYPE = "job.type";

    /** Property that this annotation writes for {@link #value()}: Declarative Services names it after the annotation. */
    String ANNOTATED_TYPE = "job.handles.job";

    /** Service property: version of the handler. Default: the version of its bundle. */
    String VERSION = "job.version";

    /** Service property: names of limits that the handler's jobs use, one or several. */
    String LIMITS = "job.limits";

    /** Service property: maximum time without a heartbeat in seconds, a whole number. */
    String HEARTBEAT = "job.heartbeat";

    /** Service property: whether runs must end with the lease of their host, {@code true} or {@code false}. */
    String EXCLUSIVE = "job.exclusive";

    /** Service property: kind of thread that calls the handler, {@value #PLATFORM} or {@value #VIRTUAL}. */
    String THREAD = "job.thread";

    /** Service property: default timeout of a run in seconds, a whole number. */
    String TIMEOUT = "job.timeout";

    /** Service property: description of the handler, for users and models that select a type. */
    String DESCRIPTION = "job.description";

    /** Service property: side effects that jobs do not have, for users and models that select a type; one or several words. */
    String EFFECTS = "job.effects";

    /** Service property: whether roles must name the type before their members may submit it, {@code true} or {@code false}. */
    String PRIVILEGED = "job.privileged";

    /** Thread: a thread of {@code worker.threads}, or for an {@link AsyncJobHandler} one of the few that begin asynchronous runs. */
    String PLATFORM = "platform";

    /** Thread: a virtual thread for each run. */
    String VIRTUAL = "virtual";

    /** Effect: a job only reads, and changes nothing outside Jobyard. */
    String READS_ONLY = "reads-only";

    /** Effect: a job may create external data, and neither changes nor removes existing data. */
    String ADDS_ONLY = "adds-only";

    /** Effect: a second job with the same payload has no further effect. */
    String REPEATABLE = "repeatable";

    /** Effect: a job affects nothing outside this host. */
    String INSIDE = "inside";

    /** Returns the job type: 1 to 200 of the characters {@code A-Z a-z 0-9 . _ -}. */
    String value();

    /** {@return the handler's version, an OSGi version; empty for the bundle's} */
    String version() default "";

    /** {@return the names of {@code io.jobyard.limits-NAME} configurations that limit the handler's jobs; may be empty} */
    String[] limits() default {};

    /**
     * {@return the largest number of seconds between two calls of the handler's {@link JobContext}, 1 to 86,400; 0 for a handler that may
     * be silent until its timeout} A run that is silent for longer is interrupted and fails, as at its timeout. {@code heartbeat.seconds}
     * in {@code io.jobyard.types-NAME} overrides it.
     */
    int heartbeat() default 0;

    /**
     * Returns whether runs must end with the lease of their host if several hosts share a database. From that moment, another host may
     * start the job again. The host interrupts every run in time. If a run of an exclusive type ignores the interrupt, the host ends its
     * process before the lease ends, and with it all its other runs. In Karaf, the host never ends the process, because the process
     * belongs to Karaf. {@code exclusive} in {@code io.jobyard.types-NAME} overrides this value.
     *
     * @return true if two runs of one job must not overlap even then
     */
    boolean exclusive() default false;

    /**
     * Returns the kind of thread that calls the handler. With {@value #VIRTUAL}, each run has a virtual thread, and occupies a slot of {@code
     * async.jobs}, not of {@code worker.threads}. So a handler that waits for networks may block, and 1,000 of its runs wait at once. On a
     * host with a Java before 21, the runs use platform threads.
     *
     * @return {@value #PLATFORM} or {@value #VIRTUAL}
     */
    String thread() default PLATFORM;

    /**
     * {@return the timeout of a run in seconds, 1 to 86,400, for jobs that name none; 0 for {@code default.timeout.seconds}} {@code
     * timeout.seconds} in {@code io.jobyard.types-NAME} overrides it. With several hosts, the value on the host that admits the job
     * applies.
     */
    int timeout() default 0;

    /**
     * Returns a description of the handler in one or a few sentences, for users and models that select a type: its input, its result, and
     * its side effects.
     *
     * @return plain text, of which 2,000 characters are shown; may be empty
     */
    String description() default "";

    /**
     * Returns side effects that the handler's jobs are known not to have, for users and programs that check a type before they submit.
     * Without a value, nothing is known.
     *
     * @return some of {@value #READS_ONLY}, {@value #ADDS_ONLY}, {@value #REPEATABLE} and {@value #INSIDE}; may be empty
     */
    String[] effects() default {};

    /**
     * Returns whether a payload can make the job do more than the handler's own task, for example run a program or call any address. Only callers
     * whose roles name the type in full may submit its jobs. A type is privileged if any of its handlers declares it.
     *
     * @return true for a privileged type
     */
    boolean privileged() default false;
}
