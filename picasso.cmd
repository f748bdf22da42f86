@echo off
rem Builds Picasso when needed and starts it. Needs a JDK 17 or newer.
rem PICASSO_OPTS holds further options for java.
setlocal EnableExtensions DisableDelayedExpansion

set "home=%~dp0"
set "home=%home:~0,-1%"
set "app=%home%\app\target"

set "java="
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "java=%JAVA_HOME%\bin\java.exe"
if not defined java for %%i in (java.exe) do set "java=%%~$PATH:i"
if defined java goto found
echo Picasso needs a JDK 17 or newer; no java was found on the PATH or in JAVA_HOME. 1>&2
exit /b 1

:found
rem Every JDK describes itself in a file; a java.exe that is a mere stub has none beside it.
for %%i in ("%java%") do set "release=%%~dpi..\release"
set "version="
if exist "%release%" for /f "usebackq tokens=1,2 delims==" %%a in ("%release%") do if "%%a"=="JAVA_VERSION" set "version=%%~b"
set "major=17"
if defined version for /f "delims=.-+_" %%a in ("%version%") do set "major=%%a"
if %major% GEQ 17 goto checked
echo Picasso needs a JDK 17 or newer; %java% is version %version%. 1>&2
exit /b 1

:checked
if not exist "%app%\picasso.jar" goto build
set "newer=$t = (Get-Item -LiteralPath '%app:'=''%\picasso.jar').LastWriteTimeUtc; Set-Location -LiteralPath '%home:'=''%'; $f = Get-ChildItem pom.xml, engine\pom.xml, app\pom.xml, engine\src\main, app\src\main -Recurse -File | Where-Object { $_.LastWriteTimeUtc -gt $t }; if ($f) { exit 1 }"
powershell -NoProfile -NonInteractive -Command "%newer%" >nul 2>nul
if %errorlevel% EQU 1 goto build
goto built

:build
echo Building Picasso; this takes a minute the first time. 1>&2
pushd "%home%"
call mvnw.cmd -q -B -DskipTests -pl engine,app package >"%home%\.build.log" 2>&1
set "code=%errorlevel%"
popd
if not "%code%"=="0" type "%home%\.build.log" 1>&2
del "%home%\.build.log" 2>nul
if not "%code%"=="0" exit /b 1
rem Maven leaves the jar alone when only the engine has changed.
pushd "%app%"
copy /b picasso.jar+,, >nul
popd
if exist "%app%\fast" rmdir /s /q "%app%\fast"

:built
rem The heap may take a quarter of the memory (PICASSO_OPTS=-Xmx... sets another limit), and
rem gives back what it does not need.
set "options=-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:MaxDirectMemorySize=16g -XX:MaxRAMPercentage=25 -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=30"
rem Newer JDKs warn of what protobuf does for speed, unless told that it may.
if %major% GEQ 23 set "options=%options% --sun-misc-unsafe-memory-access=allow"

rem What makes starts fast, one folder for each JDK: an archive of classes, which the JDK itself checks and
rem leaves aside when it does not fit, and unpacked native libraries. Without the archive it could not be made.
set "quick="
if not defined version goto start
set "fast=%app%\fast\%version%"
if exist "%fast%" goto prepared
set "new=%fast%.%RANDOM%%RANDOM%"
mkdir "%new%\tmp" 2>nul
if not exist "%new%\tmp" goto start
"%java%" %options% -Djava.awt.headless=true "-Djava.io.tmpdir=%new%\tmp" "-XX:DumpLoadedClassList=%new%\tmp\classes" -cp "%app%\picasso.jar" dev.picasso.app.cli.Rehearsal "%home%" "%new%\tmp" >nul 2>nul
if %errorlevel% EQU 0 "%java%" -XX:+UseG1GC -XX:+UseCompressedOops -Xshare:dump "-XX:SharedClassListFile=%new%\tmp\classes" "-XX:SharedArchiveFile=%new%\classes.jsa" -cp "%app%\picasso.jar" >nul 2>nul
if not %errorlevel% EQU 0 del "%new%\classes.jsa" 2>nul
if exist "%new%\classes.jsa" move "%new%\tmp\native" "%new%\native" >nul 2>nul
rmdir /s /q "%new%\tmp" 2>nul
move "%new%" "%fast%" >nul 2>nul
if exist "%new%" rmdir /s /q "%new%" 2>nul

:prepared
if not exist "%fast%\classes.jsa" goto start
rem Not a word about an archive that does not fit.
set quick=-Xshare:auto "-XX:SharedArchiveFile=%fast%\classes.jsa" -Xlog:disable "-Donnxruntime.native.path=%fast%\native"

:start
"%java%" %options% %quick% "-Dpicasso.home=%home%" %PICASSO_OPTS% -jar "%app%\picasso.jar" %*
exit /b %errorlevel%
