/**
 * Other people's libraries that send mail or run tests, as they were published, with the jars beside them: logging
 * appenders, schedulers, integration frameworks. {@code mvn verify -Papplications} runs them; {@code .ci/run} does too.
 */
package io.flaremail.applications;
