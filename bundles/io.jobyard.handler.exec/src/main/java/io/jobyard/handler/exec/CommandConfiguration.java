// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** A program that jobs may run. */
@ObjectClassDefinition(
        name = "Jobyard command",
        description =
                "A program that jobs of the type command may run, which name it as their command; a file for each:"
                        + " etc/io.jobyard.exec.commands-NAME.cfg. Without any, no job runs a program. What the payload gives"
                        + " under arguments is checked by argument.NAME, a regular expression for the whole value, such as"
                        + " argument.page = [0-9]{1,4}; any text of up to 4096 characters is taken without one. A value that"
                        + " begins with - is refused unless its expression begins with - too. environment.NAME gives the program"
                        + " a variable; it gets PATH, LANG and HOME, which is its directory, and no other of the host's.")
@interface CommandConfiguration {

    @AttributeDefinition(
            name = "command",
            description = "The program by its whole path, and its arguments, as a JSON array of texts, such as"
                    + " [\"/usr/bin/pandoc\", \"-f\", \"${from}\"]. Each text is one argument, whatever stands in"
                    + " for ${NAME}; there is no shell. Required.")
    String command();

    @AttributeDefinition(
            name = "directory",
            description = "Where it runs, a whole path; a new directory of its own for each run, which is removed"
                    + " afterwards, if left out.",
            required = false)
    String directory() default "";

    @AttributeDefinition(
            name = "timeout.seconds",
            description = "The most seconds that it runs; as long as its job may, if left out.",
            min = "1",
            max = "86400",
            required = false)
    String timeout_seconds() default "";

    @AttributeDefinition(
            name = "output.max.bytes",
            description =
                    "How much of each, its output and its errors, the job keeps; what follows is read and dropped.",
            min = "0",
            max = "8388608")
    int output_max_bytes() default CommandSettings.MAX_BYTES;

    @AttributeDefinition(
            name = "exit.ok",
            description = "The exit statuses that complete the job, with commas between.")
    String exit_ok() default CommandSettings.EXIT_OK;

    @AttributeDefinition(
            name = "exit.retry",
            description =
                    "The exit statuses after which the job is tried again, with commas between; after any other it"
                            + " fails for good.")
    String exit_retry() default CommandSettings.EXIT_RETRY;
}
