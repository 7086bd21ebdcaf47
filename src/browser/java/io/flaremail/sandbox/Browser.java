package io.flaremail.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A real Chromium without a screen, and what a person does with it. */
final class Browser implements AutoCloseable {
    private static final File CHROMIUM = new File("/usr/bin/chromium");
    private static final File DRIVER = new File("/usr/bin/chromedriver");
    private static final Duration SOON = Duration.ofSeconds(30);

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Skips the tests if Chromium is not installed. */
    static Browser start(Path profile, Path downloads) {
        if (!CHROMIUM.canExecute() || !DRIVER.canExecute()) {
            System.out.println("SKIPPED: the inbox in Chromium, since " + CHROMIUM + " or " + DRIVER + " is missing.");
        }
        assumeTrue(CHROMIUM.canExecute() && DRIVER.canExecute(), "no Chromium");
        ChromeOptions options = new ChromeOptions()
                .setBinary(CHROMIUM)
                .addArguments(
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--lang=en-US",
                        "--host-resolver-rules=MAP attacker.example 127.0.0.1",
                        "--user-data-dir=" + profile);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER)
                .usingAnyFreePort()
                .build();
        Browser browser = new Browser(new ChromeDriver(service, options));
        browser.cdp("Browser.setDownloadBehavior", Map.of("behavior", "allow", "downloadPath", downloads.toString()));
        return browser;
    }

    Object cdp(String command, Map<String, Object> parameters) {
        return driver.executeCdpCommand(command, parameters);
    }

    void open(URI page) {
        driver.get("about:blank");
        driver.get(page.toString());
        await(true, "document.getElementById('count')?.textContent.length > 0");
    }

    void size(int width) {
        // The window cannot be narrower than 500 px, the page can.
        cdp(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 800, "deviceScaleFactor", 1, "mobile", false));
    }

    void scheme(String lightOrDark) {
        cdp(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", lightOrDark))));
    }

    void windowSize() {
        driver.manage().window().setSize(new Dimension(1200, 800));
    }

    WebElement await(String css) {
        return new WebDriverWait(driver, SOON).until(d -> {
            List<WebElement> found = d.findElements(By.cssSelector(css));
            return found.stream().filter(WebElement::isDisplayed).findFirst().orElse(null);
        });
    }

    /** Waits until a script, such as {@code document.title}, returns this. */
    void await(Object expected, String script) {
        try {
            new WebDriverWait(driver, SOON).until(d -> expected.equals(script(script)));
        } catch (org.openqa.selenium.TimeoutException e) {
            assertEquals(expected, script(script), script);
        }
    }

    Object script(String expression) {
        return driver.executeScript("return " + expression);
    }

    Object asyncScript(String statements) {
        return driver.executeAsyncScript(statements);
    }

    /** Again if the page was drawn anew meanwhile. */
    void click(String css) {
        new WebDriverWait(driver, SOON)
                .ignoring(StaleElementReferenceException.class)
                .until(d -> {
                    await(css).click();
                    return true;
                });
    }

    String text(String css) {
        return await(css).getText();
    }

    void clickTab(String label) {
        new WebDriverWait(driver, SOON)
                .until(d -> d.findElement(By.linkText(label)))
                .click();
    }

    /** To whatever has the focus. */
    void type(CharSequence... keys) {
        driver.switchTo().activeElement().sendKeys(keys);
    }

    void tab() {
        type(Keys.TAB);
    }

    <T> T inFrame(java.util.function.Function<ChromeDriver, T> look) {
        driver.switchTo().frame(await("#part iframe"));
        try {
            return look.apply(driver);
        } finally {
            driver.switchTo().defaultContent();
        }
    }

    ChromeDriver driver() {
        return driver;
    }

    void screenshot(String name) throws IOException {
        Path folder = Files.createDirectories(Path.of("target/inbox"));
        Files.write(folder.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    }

    /** What axe-core finds of serious or critical impact, as text. */
    String violations() throws IOException {
        String axe =
                new String(Browser.class.getResourceAsStream("/axe.min.js").readAllBytes(), StandardCharsets.UTF_8);
        driver.executeScript(axe);
        return (String)
                asyncScript(
                        "const done = arguments[0]; axe.run({iframes: false}).then(found => done(found.violations"
                                + ".filter(each => ['serious', 'critical'].includes(each.impact))"
                                + ".map(each => each.id + ': ' + each.nodes.map(node => node.html).join(' ')).join('\\n')), e => done(String(e)));");
    }

    @Override
    public void close() {
        driver.quit();
    }
}
