// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of a program that jobs may run. */
@ObjectClassDefinition(
        name = "Jobyard command",
        description = "A program that jobs of the type command may run by this name; one file per program:"
                + " etc/io.jobyard.exec.commands-NAME.cfg. Without a file, jobs cannot run programs. A value in the payload's"
                + " arguments must match argument.NAME, a regular expression for the whole value, for example"
                + " argument.page = [0-9]{1,4}. Without an expression, any text of up to 4096 characters is valid. A value that"
                + " begins with - is refused unless its expression begins with - too. environment.NAME sets a variable of the"
                + " program. From the host, the program gets only PATH and LANG; HOME is its working directory.")
@interface CommandConfiguration {

    @AttributeDefinition(
            name = "command",
            description = "Path of the program and its arguments, as a JSON array of texts, for example"
                    + " [\"/usr/bin/pandoc\", \"-f\", \"${from}\"]. Each text is one argument, whatever value replaces"
                    + " ${NAME}; no shell is used. Required.")
    String command();

    @AttributeDefinition(
            name = "directory",
            description = "Working directory, as an absolute path. Default: a new directory for each run, removed"
                    + " afterwards.",
            required = false)
    String directory() default "";

    @AttributeDefinition(
            name = "timeout.seconds",
            description = "Timeout in seconds. Default: the job's timeout.",
            min = "1",
            max = "86400",
            required = false)
    String timeout_seconds() default "";

    @AttributeDefinition(
            name = "output.max.bytes",
            description = "Maximum number of bytes that the job keeps of standard output, and separately of standard"
                    + " error; the rest is dropped.",
            min = "0",
            max = "8388608")
    int output_max_bytes() default CommandSettings.MAX_BYTES;

    @AttributeDefinition(name = "exit.ok", description = "Exit statuses that complete the job, separated by commas.")
    String exit_ok() default CommandSettings.EXIT_OK;

    @AttributeDefinition(
            name = "exit.retry",
            description =
                    "Exit statuses after which the job is retried, separated by commas. After any other status, the job"
                            + " fails without a retry.")
    String exit_retry() default CommandSettings.EXIT_RETRY;
}
