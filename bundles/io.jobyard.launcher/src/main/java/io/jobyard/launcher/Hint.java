// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

/**
 * Says how to call a command again, so that a person can copy it.
 *
 * @param program the program
 * @param instance the instance that the command is about
 */
record Hint(Program program, Instance instance) {

    String command(String name) {
        String where = instance.directory().equals(program.home()) ? "" : " --instance " + instance.directory();
        return program.script() + where + " " + name;
    }
}
